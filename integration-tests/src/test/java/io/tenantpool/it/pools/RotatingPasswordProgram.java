package io.tenantpool.it.pools;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.DataSourceConnectionFactory;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.dbcp2.PoolableConnectionFactory;
import org.apache.commons.dbcp2.PoolingDataSource;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An application with three pools, whose password changes again and again while it works. HikariCP
 * is told the new one; the DataSource beneath the other two presents whatever it is then, as one
 * does that fetches tokens. Other tenants take the sessions of the pools meanwhile. Knows nothing
 * of the agent. Arguments: URL, user, first password, the administrator's URL, URLs of others.
 */
final class RotatingPasswordProgram {

  private static final int ROTATIONS = 4;
  private static final int USES_BETWEEN = 60;
  private static final long LONGEST_WAIT_NANOS = 30_000_000_000L;
  private static final long PAUSE_NANOS = 2_000_000;
  private static final String QUESTION = "SELECT 1";

  private static volatile String url = "";
  private static volatile String user = "";
  private static volatile String password = "";
  private static volatile boolean over;

  private RotatingPasswordProgram() {}

  /** Presents the password of the moment. Public, without arguments: Agroal makes it. */
  public static final class Tokens extends PGSimpleDataSource {
    private static final long serialVersionUID = 1;

    /** A source for the application's URL and user. */
    public Tokens() {
      setUrl(url);
    }

    @Override
    public Connection getConnection() throws SQLException {
      return getConnection(user, password);
    }
  }

  /** The users of one pool. */
  private static final class Users {
    private final String name;
    private final DataSource pool;
    private final AtomicInteger uses = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    Users(String name, DataSource pool) {
      this.name = name;
      this.pool = pool;
      for (int i = 0; i < 2; i++) {
        Thread thread = new Thread(this::work, name + "-" + i);
        thread.start();
        threads.add(thread);
      }
    }

    private void work() {
      while (!over) {
        try (Connection connection = pool.getConnection()) {
          ask(connection);
          uses.incrementAndGet();
        } catch (SQLException e) {
          System.out.println("failed " + name + " " + e.getSQLState() + " " + e.getMessage());
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    url = arguments[0];
    user = arguments[1];
    password = arguments[2];
    String administrator = arguments[3];
    List<String> others = List.of(arguments).subList(4, arguments.length);
    HikariDataSource hikari = hikari();
    List<Users> all =
        List.of(
            new Users("HikariCP", hikari),
            new Users("DBCP2", dbcp()),
            new Users("Agroal", agroal()));
    Thread neighbours = new Thread(() -> askOthers(others), "neighbours");
    neighbours.start();
    for (int i = 1; i <= ROTATIONS; i++) {
      await(all);
      String old = password;
      String next = arguments[2] + i;
      execute(administrator, "ALTER ROLE " + user + " PASSWORD '" + next + "'");
      password = next;
      hikari.getHikariConfigMXBean().setPassword(next);
      await(all);
      System.out.println("direct " + direct(next) + " " + direct(old) + " " + direct("never"));
    }
    over = true;
    for (Users users : all) {
      for (Thread thread : users.threads) {
        thread.join();
      }
      System.out.println("uses " + users.name + " " + users.uses);
    }
    neighbours.join();
    for (Map.Entry<String, Long> figure : AgentSays.inThisJvm().entrySet()) {
      System.out.println("agent " + figure.getKey() + " " + figure.getValue());
    }
    System.exit(0);
  }

  private static HikariDataSource hikari() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(4);
    return new HikariDataSource(config);
  }

  private static DataSource dbcp() {
    PoolableConnectionFactory factory =
        new PoolableConnectionFactory(new DataSourceConnectionFactory(new Tokens()), null);
    GenericObjectPool<PoolableConnection> connections = new GenericObjectPool<>(factory);
    connections.setMaxTotal(4);
    factory.setPool(connections);
    return new PoolingDataSource<>(connections);
  }

  private static DataSource agroal() throws SQLException {
    AgroalDataSourceConfigurationSupplier configuration =
        new AgroalDataSourceConfigurationSupplier();
    configuration
        .connectionPoolConfiguration()
        .maxSize(4)
        .acquisitionTimeout(Duration.ofSeconds(30))
        .connectionFactoryConfiguration()
        .connectionProviderClass(Tokens.class);
    return AgroalDataSource.from(configuration);
  }

  /** Until each pool has served so many more times. */
  private static void await(List<Users> all) {
    long end = System.nanoTime() + LONGEST_WAIT_NANOS;
    List<Integer> wanted = all.stream().map(users -> users.uses.get() + USES_BETWEEN).toList();
    for (int i = 0; i < wanted.size(); i++) {
      while (all.get(i).uses.get() < wanted.get(i) && System.nanoTime() < end) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static void askOthers(List<String> others) {
    while (!over) {
      for (String other : others) {
        try {
          execute(other, QUESTION);
        } catch (SQLException e) {
          System.out.println("failed neighbour " + e.getSQLState() + " " + e.getMessage());
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static String direct(String with) {
    try (Connection connection = DriverManager.getConnection(url, user, with)) {
      ask(connection);
      return "served";
    } catch (SQLException e) {
      return String.valueOf(e.getSQLState());
    }
  }

  private static void execute(String target, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(target);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(QUESTION)) {
      if (!result.next() || result.getInt(1) != 1) {
        throw new SQLException("a wrong answer");
      }
    }
  }
}
