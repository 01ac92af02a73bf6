package io.tenantpool.benchmarks.load;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A HikariCP for each tenant, made when it is first needed, and kept. */
final class PoolForEachTenant implements Access {

  private final Tenants tenants;
  private final Map<Integer, HikariDataSource> pools = new ConcurrentHashMap<>();

  PoolForEachTenant(Tenants tenants) {
    this.tenants = tenants;
  }

  @Override
  public void use(int tenant, Work work) throws SQLException {
    HikariDataSource pool = pools.computeIfAbsent(tenant, tenants::pool);
    try (Connection connection = pool.getConnection()) {
      work.run(connection);
    }
  }

  @Override
  public void close() {
    pools.values().parallelStream().forEach(HikariDataSource::close);
  }
}
