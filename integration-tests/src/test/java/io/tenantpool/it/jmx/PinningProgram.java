package io.tenantpool.it.jmx;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.postgresql.jdbc.PgConnection;

/**
 * An application that takes the driver's own connection out of its wrappers, at two places: three
 * times where it opened the connection itself, once where HikariCP's wrapper is between. And that
 * gives connections back to Tomcat's pool inside a transaction, two times. Arguments: URL, user,
 * password.
 */
final class PinningProgram {

  private PinningProgram() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    for (int i = 0; i < 3; i++) {
      try (Connection connection =
          DriverManager.getConnection(arguments[0], arguments[1], arguments[2])) {
        unwrapOwn(connection);
      }
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(arguments[0]);
    config.setUsername(arguments[1]);
    config.setPassword(arguments[2]);
    config.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection connection = pool.getConnection()) {
      unwrapPooled(connection);
    }
    leaveTransactions(arguments[0], arguments[1], arguments[2]);
    System.out.println("ready");
    System.in.read();
  }

  private static void leaveTransactions(String url, String user, String password)
      throws SQLException {
    DataSource pool = new DataSource();
    pool.setUrl(url);
    pool.setUsername(user);
    pool.setPassword(password);
    pool.setMaxActive(1);
    pool.setDefaultAutoCommit(false);
    giveBack(take(pool));
    Connection tidied = take(pool);
    tidied.rollback();
    giveBack(tidied);
    giveBack(take(pool));
  }

  private static Connection take(DataSource pool) throws SQLException {
    Connection connection = pool.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
    return connection;
  }

  private static void giveBack(Connection connection) throws SQLException {
    connection.close();
  }

  private static void unwrapOwn(Connection connection) throws SQLException {
    connection.unwrap(PgConnection.class).getCopyAPI();
  }

  private static void unwrapPooled(Connection connection) throws SQLException {
    connection.unwrap(PgConnection.class).getCopyAPI();
  }
}
