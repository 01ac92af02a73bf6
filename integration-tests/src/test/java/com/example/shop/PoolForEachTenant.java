package com.example.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A HikariCP pool for each tenant, made when somebody first asks for the tenant. HikariCP keeps as
 * many connections open as it may have, unless it is told otherwise. The pools live as long as the
 * program.
 */
final class PoolForEachTenant implements ConnectionFactory {

  private static final int MAXIMUM_POOL_SIZE = 25;

  private final Map<Tenant, HikariDataSource> pools = new ConcurrentHashMap<>();

  @Override
  @SuppressWarnings("MustBeClosedChecker") // The caller closes it.
  public Connection connect(Tenant tenant) throws SQLException {
    return pools.computeIfAbsent(tenant, PoolForEachTenant::open).getConnection();
  }

  private static HikariDataSource open(Tenant tenant) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(tenant.name());
    config.setJdbcUrl(tenant.url());
    config.setUsername(tenant.user());
    config.setPassword(tenant.password());
    config.setMaximumPoolSize(MAXIMUM_POOL_SIZE);
    return new HikariDataSource(config);
  }

  @Override
  public boolean opensNewOnes() {
    return false;
  }
}
