package com.example.hibernate;

import com.example.tenants.Tenants;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.hibernate.engine.jdbc.connections.spi.AbstractMultiTenantConnectionProvider;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.service.spi.ServiceRegistryAwareService;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.hibernate.service.spi.Stoppable;
import org.jspecify.annotations.Nullable;

/** One database and one pool for all; a schema for each tenant, named like it. */
final class TenantSchemas extends AbstractMultiTenantConnectionProvider<String>
    implements ServiceRegistryAwareService, Stoppable {

  private static final long serialVersionUID = 1;

  private final transient Tenants tenants;
  private final PoolKind kind;
  private transient @Nullable ConnectionProvider pool;

  TenantSchemas(Tenants tenants, PoolKind kind) {
    this.tenants = tenants;
    this.kind = kind;
  }

  @Override
  public void injectServices(ServiceRegistryImplementor registry) {
    Map<String, Object> settings =
        new HashMap<>(HibernateBooks.connection(tenants, tenants.url(0)));
    // Else the change of the schema when a connection is released would begin a transaction.
    settings.put("hibernate.connection.autocommit", "true");
    pool = kind.open(settings, registry);
  }

  @Override
  protected ConnectionProvider getAnyConnectionProvider() {
    return Objects.requireNonNull(pool, "pool");
  }

  @Override
  protected ConnectionProvider selectConnectionProvider(String tenant) {
    return getAnyConnectionProvider();
  }

  @Override
  public Connection getConnection(String tenant) throws SQLException {
    Connection connection = super.getConnection(tenant);
    connection.setSchema(tenant);
    return connection;
  }

  @Override
  public void releaseConnection(String tenant, Connection connection) throws SQLException {
    connection.setSchema("public");
    super.releaseConnection(tenant, connection);
  }

  @Override
  public void stop() {
    ((Stoppable) getAnyConnectionProvider()).stop();
  }
}
