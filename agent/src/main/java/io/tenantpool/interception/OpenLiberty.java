package io.tenantpool.interception;

import java.util.List;

/**
 * The JDBC resource adapter of Open Liberty. Its {@code onConnect} runs where a managed connection
 * is created. Handles are made from one, or moved to another one between two uses; it is cleaned up
 * before others can have it, which is after the end of the transaction that it takes part in.
 */
final class OpenLiberty implements PoolLibrary {

  private static final String MANAGED = "ws/rsadapter/impl/WSRdbManagedConnectionImpl";

  @Override
  public String name() {
    return "Open Liberty";
  }

  @Override
  public List<Boundary> boundaries() {
    Value connection = Value.self().field("sqlConn");
    return List.of(
        Boundary.creates(
            "ws/rsadapter/impl/WSManagedConnectionFactoryImpl", "createManagedConnection"),
        Boundary.lendsAtEntry(MANAGED, "getConnection", connection),
        Boundary.lendsAtEntry(MANAGED, "associateConnection", connection),
        Boundary.returnsAtExit(MANAGED, "cleanup", connection));
  }
}
