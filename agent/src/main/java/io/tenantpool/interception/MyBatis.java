package io.tenantpool.interception;

import java.util.List;

/**
 * MyBatis' own pool, 3.4 to 3.5. It wraps a connection anew each time that one comes back, and
 * copies the old wrapper's time of creation, all under its lock and after its roll-back.
 */
final class MyBatis implements PoolLibrary {

  private static final String POOL = "ibatis/datasource/pooled/PooledDataSource";
  private static final String WRAPPER = "ibatis/datasource/pooled/PooledConnection";

  @Override
  public String name() {
    return "MyBatis";
  }

  @Override
  public List<Boundary> boundaries() {
    Value connection = Value.self().field("realConnection");
    return List.of(
        Boundary.creates(POOL, "popConnection"),
        Boundary.lendsAtEntry(WRAPPER, "getProxyConnection", connection),
        Boundary.returnsAtEntry(WRAPPER, "setCreatedTimestamp", connection));
  }
}
