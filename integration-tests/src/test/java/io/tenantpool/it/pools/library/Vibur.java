package io.tenantpool.it.pools.library;

import javax.sql.DataSource;
import org.vibur.dbcp.ViburDBCPDataSource;

/** Vibur DBCP. It does nothing about an open transaction when a connection comes back. */
public final class Vibur implements PoolAdapter {

  /** For {@link PoolAdapter#named}. */
  public Vibur() {}

  @Override
  public DataSource open(PoolSettings settings) {
    ViburDBCPDataSource pool = configured(settings);
    pool.start();
    return pool;
  }

  @Override
  public DataSource openTesting(PoolSettings settings) {
    ViburDBCPDataSource pool = configured(settings);
    pool.setConnectionIdleLimitInSeconds(0);
    pool.start();
    return pool;
  }

  private static ViburDBCPDataSource configured(PoolSettings settings) {
    ViburDBCPDataSource pool = new ViburDBCPDataSource();
    pool.setName(settings.name());
    pool.setJdbcUrl(settings.url());
    pool.setUsername(settings.user());
    pool.setPassword(settings.password());
    pool.setPoolInitialSize(settings.minimumIdle());
    pool.setPoolMaxSize(settings.maximum());
    pool.setDefaultAutoCommit(settings.autoCommit());
    pool.setResetDefaultsAfterUse(true);
    pool.setStatementCacheMaxSize(settings.maximum() * settings.statementCache());
    pool.setConnectionTimeoutInMs(settings.timeoutMillis());
    return pool;
  }

  @Override
  public int connections(DataSource pool) {
    return ((ViburDBCPDataSource) pool).getPool().createdTotal();
  }

  @Override
  public void close(DataSource pool) {
    ((ViburDBCPDataSource) pool).close();
  }

  @Override
  public boolean rollsBackOnReturn(boolean autoCommit) {
    return false;
  }
}
