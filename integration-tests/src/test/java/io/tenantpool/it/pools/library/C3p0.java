package io.tenantpool.it.pools.library;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;

/** c3p0. Its connections are in autocommit mode at every checkout. */
public final class C3p0 implements PoolAdapter {

  /** For {@link PoolAdapter#named}. */
  public C3p0() {}

  @Override
  public DataSource open(PoolSettings settings) {
    ComboPooledDataSource pool = new ComboPooledDataSource();
    pool.setDataSourceName(settings.name());
    pool.setJdbcUrl(settings.url());
    pool.setUser(settings.user());
    pool.setPassword(settings.password());
    pool.setInitialPoolSize(settings.minimumIdle());
    pool.setMinPoolSize(settings.minimumIdle());
    pool.setMaxPoolSize(settings.maximum());
    pool.setMaxStatements(settings.maximum() * settings.statementCache());
    pool.setMaxStatementsPerConnection(settings.statementCache());
    pool.setCheckoutTimeout((int) settings.timeoutMillis());
    return pool;
  }

  @Override
  public DataSource openTesting(PoolSettings settings) {
    ComboPooledDataSource pool = (ComboPooledDataSource) open(settings);
    pool.setTestConnectionOnCheckout(true);
    return pool;
  }

  @Override
  public int connections(DataSource pool) throws SQLException {
    return ((ComboPooledDataSource) pool).getNumConnections();
  }

  @Override
  public void close(DataSource pool) {
    ((ComboPooledDataSource) pool).close();
  }

  @Override
  public boolean setsAutoCommit() {
    return false;
  }
}
