package io.tenantpool.it.pools.library;

import com.alibaba.druid.pool.DruidDataSource;
import javax.sql.DataSource;

/** Alibaba Druid. */
public final class Druid implements PoolAdapter {

  /** For {@link PoolAdapter#named}. */
  public Druid() {}

  @Override
  public DataSource open(PoolSettings settings) {
    DruidDataSource pool = new DruidDataSource();
    pool.setName(settings.name());
    pool.setUrl(settings.url());
    pool.setUsername(settings.user());
    pool.setPassword(settings.password());
    pool.setInitialSize(settings.minimumIdle());
    pool.setMinIdle(settings.minimumIdle());
    pool.setMaxActive(settings.maximum());
    pool.setDefaultAutoCommit(settings.autoCommit());
    pool.setPoolPreparedStatements(settings.statementCache() > 0);
    pool.setMaxPoolPreparedStatementPerConnectionSize(settings.statementCache());
    pool.setMaxWait(settings.timeoutMillis());
    pool.setValidationQuery("SELECT 1");
    pool.setTestOnBorrow(true);
    return pool;
  }

  @Override
  public int connections(DataSource pool) {
    DruidDataSource druid = (DruidDataSource) pool;
    return druid.getActiveCount() + druid.getPoolingCount();
  }

  @Override
  public void close(DataSource pool) {
    ((DruidDataSource) pool).close();
  }
}
