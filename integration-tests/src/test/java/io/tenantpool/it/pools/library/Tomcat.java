package io.tenantpool.it.pools.library;

import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/**
 * Tomcat's JDBC pool as it is by default, which does nothing about an open transaction when a
 * connection comes back.
 */
public class Tomcat implements PoolAdapter {

  /** For {@link PoolAdapter#named}. */
  public Tomcat() {}

  @Override
  public DataSource open(PoolSettings settings) {
    PoolProperties properties = new PoolProperties();
    properties.setName(settings.name());
    properties.setDriverClassName("org.postgresql.Driver");
    properties.setUrl(settings.url());
    properties.setUsername(settings.user());
    properties.setPassword(settings.password());
    properties.setInitialSize(settings.minimumIdle());
    properties.setMinIdle(settings.minimumIdle());
    properties.setMaxIdle(settings.maximum());
    properties.setMaxActive(settings.maximum());
    properties.setDefaultAutoCommit(settings.autoCommit());
    properties.setMaxWait((int) settings.timeoutMillis());
    configure(properties, settings);
    return new org.apache.tomcat.jdbc.pool.DataSource(properties);
  }

  @Override
  public DataSource openTesting(PoolSettings settings) {
    org.apache.tomcat.jdbc.pool.DataSource pool =
        (org.apache.tomcat.jdbc.pool.DataSource) open(settings);
    pool.setTestOnBorrow(true);
    pool.setValidationInterval(0);
    return pool;
  }

  /** Adds to the defaults. */
  protected void configure(PoolProperties properties, PoolSettings settings) {}

  @Override
  public int connections(DataSource pool) {
    return ((org.apache.tomcat.jdbc.pool.DataSource) pool).getSize();
  }

  @Override
  public void close(DataSource pool) {
    ((org.apache.tomcat.jdbc.pool.DataSource) pool).close(true);
  }

  @Override
  public boolean rollsBackOnReturn(boolean autoCommit) {
    return false;
  }
}
