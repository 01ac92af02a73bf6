package com.example.spring;

import com.example.tenants.HikariPools;
import com.example.tenants.Tenants;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** One data source for the application; behind it, a pool for each tenant. */
final class TenantRouting extends AbstractRoutingDataSource implements AutoCloseable {

  private final HikariPools pools;

  TenantRouting(Tenants tenants) {
    pools = new HikariPools(tenants);
    Map<Object, Object> targets = new HashMap<>();
    for (int tenant = 0; tenant < tenants.count(); tenant++) {
      targets.put(tenant, pools.of(tenant));
    }
    setTargetDataSources(targets);
  }

  @Override
  protected @Nullable Object determineCurrentLookupKey() {
    return CurrentTenant.get();
  }

  @Override
  public void close() {
    pools.close();
  }
}
