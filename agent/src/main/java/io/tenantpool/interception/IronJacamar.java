package io.tenantpool.interception;

import java.util.List;

/**
 * The JDBC resource adapter of IronJacamar, 1.5 to 3.0, which WildFly's data sources are made of.
 * Any connection manager above it creates a managed connection, asks it for handles, and cleans it
 * up before it is offered to others; within a JTA transaction, which may outlive its handles, that
 * is after the transaction's end. XA data sources have managed connections of the same kind, but
 * the driver's connections in them are never portable.
 */
final class IronJacamar implements PoolLibrary {

  private static final String FACTORY = "adapters/jdbc/local/LocalManagedConnectionFactory";
  private static final String MANAGED = "adapters/jdbc/BaseWrapperManagedConnection";

  @Override
  public String name() {
    return "IronJacamar";
  }

  @Override
  public List<Boundary> boundaries() {
    Value connection = Value.self().field("con");
    return List.of(
        Boundary.creates(FACTORY, "createManagedConnection"),
        Boundary.lendsAtEntry(MANAGED, "getWrappedConnection", connection),
        Boundary.returnsAtExit(MANAGED, "cleanup", connection),
        // Of statements and rows as well.
        Boundary.unwraps("adapters/jdbc/JBossWrapper", "unwrap"),
        Boundary.unwraps("adapters/jdbc/WrappedConnection", "getUnderlyingConnection"));
  }
}
