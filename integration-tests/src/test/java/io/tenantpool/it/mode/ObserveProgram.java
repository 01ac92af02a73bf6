package io.tenantpool.it.mode;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.it.pools.library.Hikari;
import io.tenantpool.it.pools.library.PoolSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.management.openmbean.CompositeData;
import org.postgresql.jdbc.PgConnection;

/**
 * A program of three tenants whose use of connections is known: one opens and closes five in turn,
 * one holds three at once, one has a HikariCP pool of four and checks ten out. Arguments: whether
 * the agent is there, user, password, three URLs.
 */
final class ObserveProgram {

  private static final int POOL = 4;

  private ObserveProgram() {}

  public static void main(String[] arguments) throws Exception {
    boolean agent = Boolean.parseBoolean(arguments[0]);
    String user = arguments[1];
    String password = arguments[2];
    for (int i = 0; i < 5; i++) {
      try (Connection connection = DriverManager.getConnection(arguments[3], user, password)) {
        ask(connection);
      }
    }
    refused(arguments[3], user);
    List<Connection> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      held.add(DriverManager.getConnection(arguments[4], user, password));
    }
    held.get(0).setAutoCommit(false);
    ask(held.get(0));
    PgConnection second = held.get(1).unwrap(PgConnection.class);
    second.getCopyAPI();
    System.out.println("result " + second.getBackendPID() / 10_000_000);
    try (HikariDataSource pool =
        new HikariDataSource(
            Hikari.config(
                new PoolSettings("c", arguments[5], user, password, POOL, POOL, true, 0, 5000)))) {
      AgentBeans.await(
          "filled", () -> pool.getHikariPoolMXBean().getIdleConnections(), idle -> idle == POOL);
      for (int i = 0; i < 10; i++) {
        try (Connection connection = pool.getConnection()) {
          ask(connection);
        }
      }
      if (agent) {
        show();
      }
    }
    for (Connection connection : held) {
      connection.close();
      System.out.println("result closed " + connection.isClosed());
    }
  }

  private static void ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT current_database(), 42")) {
      result.next();
      System.out.println("result " + result.getInt(2) + " " + statement.getClass().isInterface());
    }
  }

  private static void refused(String url, String user) {
    try {
      DriverManager.getConnection(url, user, "wrong").close();
    } catch (SQLException e) {
      System.out.println("result " + e.getClass() + " " + e.getSQLState() + " " + e.getMessage());
    }
  }

  private static void show() throws Exception {
    AgentBeans beans = new AgentBeans();
    beans.awaitServer();
    AgentBeans.await("held", beans::held, number -> number == 3 + POOL);
    for (CompositeData row : beans.watched().values()) {
      String tenant = (String) row.get("tenant");
      System.out.println(
          "row "
              + (tenant.isEmpty() ? "all" : tenant)
              + " opens "
              + row.get("opens")
              + " held "
              + row.get("held")
              + " peak "
              + row.get("peakHeld")
              + " busy "
              + row.get("busy")
              + " peak "
              + row.get("peakBusy")
              + " idle "
              + row.get("idleInPools")
              + " pins "
              + row.get("wouldPin")
              + " connects "
              + ((Double) row.get("connectMicrosMean") > 0));
    }
    System.out.println("pool " + beans.number("Open") + " " + beans.number("Bypassed"));
  }
}
