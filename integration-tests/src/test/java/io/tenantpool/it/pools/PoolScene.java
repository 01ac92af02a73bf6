package io.tenantpool.it.pools;

import io.tenantpool.it.pools.library.PoolAdapter;
import io.tenantpool.it.pools.library.PoolSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;

/** What a {@link PoolCase} works with; closes what was opened for it. */
final class PoolScene implements AutoCloseable {

  private static final int STATEMENT_CACHE = 10;
  private static final long TIMEOUT_MILLIS = 5_000;

  private final PoolAdapter library;
  private final String url;
  private final String user;
  private final String password;
  private final List<String> databases;
  private final Deque<Closing> closings = new ArrayDeque<>();

  PoolScene(PoolAdapter library, String url, String user, String password, List<String> databases) {
    this.library = library;
    this.url = url;
    this.user = user;
    this.password = password;
    this.databases = databases;
  }

  List<String> databases() {
    return databases;
  }

  /** The settings of a tenant's pool, in autocommit mode. */
  PoolSettings settings(int tenant, int maximum) {
    String database = databases.get(tenant);
    return new PoolSettings(
        "pool of " + tenant,
        String.format(url, database),
        user,
        password,
        0,
        maximum,
        true,
        STATEMENT_CACHE,
        TIMEOUT_MILLIS);
  }

  /** A pool of the first tenant with so many connections. */
  DataSource pool(int maximum) throws SQLException {
    return pool(settings(0, maximum));
  }

  DataSource pool(PoolSettings settings) throws SQLException {
    DataSource pool = library.open(settings);
    closings.push(() -> library.close(pool));
    return pool;
  }

  /** Closes {@code resource} at the end of the case, before the pools that were opened earlier. */
  <T extends AutoCloseable> T closing(T resource) {
    closings.push(resource::close);
    return resource;
  }

  /** Asks the first tenant's database on a connection that belongs to no pool. */
  String outside(String sql) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(String.format(url, databases.get(0)), user, password)) {
      return ask(connection, sql);
    }
  }

  /** The first column of the first row; "none" without a row or a result. */
  static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "none";
      }
      try (ResultSet row = statement.getResultSet()) {
        return row.next() ? String.valueOf(row.getString(1)) : "none";
      }
    }
  }

  @Override
  public void close() throws Exception {
    while (!closings.isEmpty()) {
      closings.pop().close();
    }
  }

  @FunctionalInterface
  private interface Closing {
    void close() throws Exception;
  }
}
