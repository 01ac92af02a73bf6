package io.tenantpool.interception;

import java.util.List;

/**
 * The JDBC resource adapters of GlassFish and Payara, for a {@code DataSource} and for a {@code
 * Driver}. Their initial SQL runs where the first handle is made, after the creation. The connector
 * container cleans a managed connection up before it offers it to others; where it takes part in a
 * transaction, which may outlive its handles, that is after the transaction's end.
 *
 * <p>Of a {@code ConnectionPoolDataSource} and an {@code XADataSource}, which have adapters of
 * their own, managed connections are of the same class, but what they hold is not what the driver
 * opened: for those these places mean nothing.
 */
final class GlassFish implements PoolLibrary {

  private static final String MANAGED = "gjc/spi/ManagedConnectionImpl";
  private static final String CREATE = "createManagedConnection";

  @Override
  public String name() {
    return "GlassFish";
  }

  @Override
  public List<Boundary> boundaries() {
    Value connection = Value.self().field("actualConnection");
    return List.of(
        // Each adapter has one of them.
        Boundary.creates("gjc/spi/DSManagedConnectionFactory", CREATE).whereThere(),
        Boundary.creates("gjc/spi/DMManagedConnectionFactory", CREATE).whereThere(),
        Boundary.setsUp(MANAGED, "executeInitSql", connection),
        // At the end of it: the initial SQL runs within.
        Boundary.lendsAtExit(MANAGED, "getConnection", connection),
        Boundary.lendsAtEntry(MANAGED, "associateConnection", connection),
        Boundary.returnsAtExit(MANAGED, "cleanup", connection));
  }
}
