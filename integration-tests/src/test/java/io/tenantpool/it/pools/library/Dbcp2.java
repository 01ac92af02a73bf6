package io.tenantpool.it.pools.library;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;

/** Apache DBCP2. */
public final class Dbcp2 implements PoolAdapter {

  /** For {@link PoolAdapter#named}. */
  public Dbcp2() {}

  @Override
  public DataSource open(PoolSettings settings) {
    BasicDataSource pool = new BasicDataSource();
    pool.setUrl(settings.url());
    pool.setUsername(settings.user());
    pool.setPassword(settings.password());
    pool.setInitialSize(settings.minimumIdle());
    pool.setMinIdle(settings.minimumIdle());
    pool.setMaxIdle(settings.maximum());
    pool.setMaxTotal(settings.maximum());
    pool.setDefaultAutoCommit(settings.autoCommit());
    pool.setPoolPreparedStatements(settings.statementCache() > 0);
    pool.setMaxOpenPreparedStatements(settings.statementCache());
    pool.setMaxWait(Duration.ofMillis(settings.timeoutMillis()));
    return pool;
  }

  @Override
  public int connections(DataSource pool) {
    BasicDataSource dbcp = (BasicDataSource) pool;
    return dbcp.getNumActive() + dbcp.getNumIdle();
  }

  @Override
  public void close(DataSource pool) throws SQLException {
    ((BasicDataSource) pool).close();
  }
}
