package io.tenantpool.it.failure;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An application that asks for connections in three ways, and says of each how long that took and
 * how it ended. Knows nothing of the agent. Arguments: the URL of a server that answers, how many
 * milliseconds are in time, then the ports of some that do not answer.
 */
final class DeadlineProgram {

  private static final int MOST_ROUNDS = 5;
  private static final int MOST_WARM_UPS = 20;
  private static final int POOL_TIMEOUT_MILLIS = 700;

  /** How long the last connect of the pool took. */
  private static volatile long poolNanos;

  /** A way to a connection. */
  private interface Way {
    Connection open(String url) throws SQLException;
  }

  private DeadlineProgram() {}

  public static void main(String[] arguments) throws SQLException {
    // The first connect loads the driver, which takes longer than a borrow may on a busy machine.
    String warm = "";
    for (int i = 0; i < MOST_WARM_UPS && !warm.startsWith("worked"); i++) {
      warm = Seen.ofConnecting(arguments[0]);
    }
    long inTime = Long.parseLong(arguments[1]);
    for (int i = 2; i < arguments.length; i++) {
      String url = "jdbc:postgresql://127.0.0.1:" + arguments[i] + "/silent?user=nobody";
      measure(arguments[i], "DriverManager", url, DriverManager::getConnection, inTime);
      measure(arguments[i], "DataSource", url, DeadlineProgram::ofDataSource, inTime);
      measure(arguments[i], "HikariCP", url, DeadlineProgram::ofPool, inTime);
    }
  }

  private static Connection ofDataSource(String url) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return source.getConnection();
  }

  /** HikariCP sleeps for a second when its first connect has failed: that is not to be measured. */
  private static Connection ofPool(String url) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    HikariConfig config = new HikariConfig();
    config.setDataSource(measured(source));
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(POOL_TIMEOUT_MILLIS);
    config.setInitializationFailTimeout(1);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      return pool.getConnection();
    } catch (RuntimeException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** The same source, which notes how long its connects take. */
  private static DataSource measured(DataSource source) {
    return (DataSource)
        Proxy.newProxyInstance(
            DeadlineProgram.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              long start = System.nanoTime();
              try {
                return method.invoke(source, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (method.getName().equals("getConnection")) {
                  poolNanos = System.nanoTime() - start;
                }
              }
            });
  }

  /** The fastest of some rounds, until one is in time: a busy machine makes some of them late. */
  private static void measure(String port, String name, String url, Way way, long inTime) {
    long fastest = Long.MAX_VALUE;
    String seen = "";
    for (int round = 0; round < MOST_ROUNDS && fastest > inTime; round++) {
      long start = System.nanoTime();
      try (Connection connection = way.open(url)) {
        seen = "connected";
      } catch (SQLException e) {
        seen = e.getSQLState() + " " + e.getMessage();
      }
      long nanos = name.equals("HikariCP") ? poolNanos : System.nanoTime() - start;
      fastest = Math.min(fastest, TimeUnit.NANOSECONDS.toMillis(nanos));
    }
    System.out.println(port + " " + name + " " + fastest + " " + seen);
  }
}
