package io.tenantpool.it.outages;

import io.tenantpool.it.pools.library.Agroal;
import io.tenantpool.it.pools.library.Dbcp2;
import io.tenantpool.it.pools.library.Hikari;
import io.tenantpool.it.pools.library.PoolAdapter;
import io.tenantpool.it.pools.library.PoolSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The columns of the table: how an application comes to its connections. */
enum Way {
  DRIVER_MANAGER("", "", Way.ACQUIRE_TIMEOUT_MILLIS),
  DRIVER_MANAGER_WITH_LOGIN_TIMEOUT("", "&loginTimeout=1", Way.OWN_LIMIT_MILLIS),
  HIKARICP(Hikari.class.getName(), "", Way.OWN_LIMIT_MILLIS),

  /**
   * Its limit is about waiting for others; what it asks of a driver knows of none. One request is a
   * validation at least and then a connect, each of which the agent bounds by itself.
   */
  DBCP2(Dbcp2.class.getName(), "", 2 * Way.ACQUIRE_TIMEOUT_MILLIS),

  /** As with DBCP2. */
  AGROAL(Agroal.class.getName(), "", 2 * Way.ACQUIRE_TIMEOUT_MILLIS);

  /** {@code tenantpool.acquire-timeout}; no shorter than what the driver's limits come to. */
  static final long ACQUIRE_TIMEOUT_MILLIS = 2_000;

  /** What a caller sets who has a limit of its own. */
  static final long OWN_LIMIT_MILLIS = 1_000;

  /** As many of each tenant as the agent allows. */
  static final int POOL_SIZE = 3;

  private static final String DRIVER_LIMITS = "?socketTimeout=2&connectTimeout=2";

  private final String adapter;
  private final String parameters;
  private final long deadlineMillis;

  Way(String adapter, String parameters, long deadlineMillis) {
    this.adapter = adapter;
    this.parameters = parameters;
    this.deadlineMillis = deadlineMillis;
  }

  /** Whether the agent knows the limit of the whole request. */
  boolean hasLimit() {
    return this != DBCP2 && this != AGROAL;
  }

  /** Whether an application pool is in between. */
  boolean isPool() {
    return !adapter.isEmpty();
  }

  /** When a request for a connection has to be over, with the agent. */
  long deadlineMillis() {
    return deadlineMillis;
  }

  /** How the application gets the connections of its tenants. */
  interface Source extends AutoCloseable {
    Connection get(int tenant) throws SQLException;

    @Override
    void close() throws SQLException;
  }

  Source open(List<String> urls, String user, String password) throws Exception {
    List<String> whole = urls.stream().map(url -> url + DRIVER_LIMITS + parameters).toList();
    return adapter.isEmpty()
        ? new Direct(whole, user, password)
        : new Pools(PoolAdapter.named(adapter), whole, user, password);
  }

  private record Direct(List<String> urls, String user, String password) implements Source {

    @Override
    public Connection get(int tenant) throws SQLException {
      return DriverManager.getConnection(urls.get(tenant), user, password);
    }

    @Override
    public void close() {}
  }

  private static final class Pools implements Source {

    private final PoolAdapter library;
    private final List<DataSource> pools = new ArrayList<>();

    Pools(PoolAdapter library, List<String> urls, String user, String password)
        throws SQLException {
      this.library = library;
      for (String url : urls) {
        pools.add(
            library.openTesting(
                new PoolSettings(
                    url, url, user, password, 0, POOL_SIZE, true, 0, OWN_LIMIT_MILLIS)));
      }
    }

    @Override
    public Connection get(int tenant) throws SQLException {
      return pools.get(tenant).getConnection();
    }

    @Override
    public void close() throws SQLException {
      for (DataSource pool : pools) {
        library.close(pool);
      }
    }
  }
}
