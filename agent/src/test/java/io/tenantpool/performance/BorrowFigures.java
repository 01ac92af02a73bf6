package io.tenantpool.performance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.pool.PoolBenchmarkAccess;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Borrow and return without I/O: the pool beside HikariCP, over connections that are not there. */
public final class BorrowFigures {

  private BorrowFigures() {}

  public static void main(String[] args) throws Exception {
    // What nobody resets comes first, in a JVM that has not seen the other yet: this is the aim.
    for (boolean resets : new boolean[] {false, true}) {
      for (int threads : new int[] {1, 2, 8}) {
        measure(threads, resets);
      }
    }
  }

  private static void measure(int threads, boolean resets) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setDataSource(new EmptyDataSource());
    config.setMaximumPoolSize(10);
    config.setMinimumIdle(10);
    Route.Pooled route = TestRoutes.route("acme");
    try (HikariDataSource hikari = new HikariDataSource(config);
        PoolManager manager = PoolBenchmarkAccess.manager(40, 10)) {
      manager.start();
      PoolBenchmarkAccess.leaveUntouched(!resets);
      System.out.println("borrow and return without I/O, " + threads + " threads");
      new Interleaved(threads, 500)
          .variant(
              "HikariCP",
              (index, times) -> {
                for (int i = 0; i < times; i++) {
                  hikari.getConnection().close();
                }
              })
          .variant(
              resets
                  ? "tenant pool, with resets that do nothing"
                  : "tenant pool, session untouched",
              (index, times) -> {
                for (int i = 0; i < times; i++) {
                  PoolBenchmarkAccess.borrow(manager, route).end();
                }
              })
          .run(7)
          .forEach(System.out::println);
    }
  }

  private static final class EmptyDataSource implements DataSource {

    @Override
    public Connection getConnection() {
      return (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, args) ->
                  switch (method.getName()) {
                    case "isValid", "getAutoCommit" -> true;
                    case "isClosed", "isReadOnly" -> false;
                    case "getTransactionIsolation" -> Connection.TRANSACTION_READ_COMMITTED;
                    case "getNetworkTimeout", "getHoldability" -> 0;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == args[0];
                    case "toString" -> "connection";
                    default -> null;
                  });
    }

    @Override
    public Connection getConnection(String user, String password) {
      return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
      return new PrintWriter(System.err, true);
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      throw new IllegalArgumentException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
