package io.tenantpool.interception;

import java.util.List;

/**
 * {@code PGConnectionPoolDataSource} of pgjdbc, and what is made of it: {@code PGPoolingDataSource}
 * and the pools of application servers. The handle's close has rolled back when it tells those who
 * pool; they learn of it within the method that is instrumented.
 */
final class PgPooledConnection implements PoolLibrary {

  private static final String SOURCE = "ds/PGConnectionPoolDataSource";
  private static final String POOLED = "ds/PGPooledConnection";

  @Override
  public String name() {
    return "PGConnectionPoolDataSource";
  }

  @Override
  public List<Boundary> boundaries() {
    Value connection = Value.self().field("con");
    return List.of(
        Boundary.creates(SOURCE, "getPooledConnection"),
        Boundary.lendsAtEntry(POOLED, "getConnection", connection),
        Boundary.returnsAtEntry(POOLED, "fireConnectionClosed", connection));
  }
}
