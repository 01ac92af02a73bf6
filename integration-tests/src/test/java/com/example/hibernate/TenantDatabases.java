package com.example.hibernate;

import com.example.tenants.Tenants;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.hibernate.engine.jdbc.connections.spi.AbstractMultiTenantConnectionProvider;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.service.spi.ServiceRegistryAwareService;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.hibernate.service.spi.Stoppable;

/** A database, and so a pool, for each tenant. */
final class TenantDatabases extends AbstractMultiTenantConnectionProvider<String>
    implements ServiceRegistryAwareService, Stoppable {

  private static final long serialVersionUID = 1;

  private final transient Tenants tenants;
  private final PoolKind kind;
  private final transient Map<String, ConnectionProvider> pools = new HashMap<>();

  TenantDatabases(Tenants tenants, PoolKind kind) {
    this.tenants = tenants;
    this.kind = kind;
  }

  @Override
  public void injectServices(ServiceRegistryImplementor registry) {
    for (int tenant = 0; tenant < tenants.count(); tenant++) {
      pools.put(
          tenants.name(tenant),
          kind.open(HibernateBooks.connection(tenants, tenants.url(tenant)), registry));
    }
  }

  @Override
  protected ConnectionProvider getAnyConnectionProvider() {
    return selectConnectionProvider(tenants.name(0));
  }

  @Override
  protected ConnectionProvider selectConnectionProvider(String tenant) {
    return Objects.requireNonNull(pools.get(tenant), tenant);
  }

  @Override
  public void stop() {
    pools.values().forEach(pool -> ((Stoppable) pool).stop());
  }
}
