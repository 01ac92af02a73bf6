package io.tenantpool.benchmarks.load;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/**
 * Where the tenants' databases are, and how long the application waits for a connection.
 *
 * @param url with {@code {tenant}} in the place of the database's name
 */
public record Tenants(String url, long timeoutMillis) {

  /** How many connections each of an application's pools may have; the agent's share by default. */
  public static final int POOL_SIZE = 3;

  /** The name of a tenant's database. */
  public static String database(int tenant) {
    return "tenant_" + tenant;
  }

  String url(int tenant) {
    return url.replace("{tenant}", database(tenant));
  }

  /**
   * A HikariCP of one tenant. It keeps no connection that was never wanted ({@code minimumIdle=0}),
   * which of all ways to set one up is the most modest.
   */
  HikariDataSource pool(int tenant) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url(tenant));
    config.setMaximumPoolSize(POOL_SIZE);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(timeoutMillis);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }
}
