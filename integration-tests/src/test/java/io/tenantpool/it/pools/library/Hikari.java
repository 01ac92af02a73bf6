package io.tenantpool.it.pools.library;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** HikariCP. It caches no statements. */
public final class Hikari implements PoolAdapter {

  /** For {@link PoolAdapter#named}. */
  public Hikari() {}

  @Override
  public DataSource open(PoolSettings settings) {
    return new HikariDataSource(config(settings));
  }

  /** For programs that want to say more. */
  public static HikariConfig config(PoolSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(settings.name());
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMinimumIdle(settings.minimumIdle());
    config.setMaximumPoolSize(settings.maximum());
    config.setAutoCommit(settings.autoCommit());
    config.setConnectionTimeout(settings.timeoutMillis());
    return config;
  }

  @Override
  public int connections(DataSource pool) {
    return ((HikariDataSource) pool).getHikariPoolMXBean().getTotalConnections();
  }

  @Override
  public void close(DataSource pool) {
    ((HikariDataSource) pool).close();
  }
}
