package io.tenantpool.interception;

import java.util.List;

/**
 * Apache Commons DBCP 2, and Tomcat's copy of it. Its defaults are applied at every borrow, when
 * the object is activated; validation follows that, so that it belongs to the checkout. An idle
 * connection that is tested is activated and passivated as well: a checkout like any other.
 */
final class CommonsDbcp2 implements PoolLibrary {

  private static final String FACTORY = "dbcp2/PoolableConnectionFactory";

  /** What the application gets; the pool itself asks other classes for the innermost. */
  private static final String GUARD = "dbcp2/PoolingDataSource$PoolGuardConnectionWrapper";

  @Override
  public String name() {
    return "Commons DBCP";
  }

  @Override
  public List<Boundary> boundaries() {
    Value connection =
        Value.argument(0)
            .call("pool2/PooledObject", "getObject")
            .call("dbcp2/PoolableConnection", "getInnermostDelegateInternal");
    return List.of(
        Boundary.creates(FACTORY, "makeObject"),
        Boundary.lendsAtExit(FACTORY, "activateObject", connection),
        Boundary.returnsAtExit(FACTORY, "passivateObject", connection),
        Boundary.unwraps("dbcp2/DelegatingConnection", "unwrap"),
        Boundary.unwraps("dbcp2/DelegatingConnection", "getDelegate"),
        Boundary.unwraps(GUARD, "getInnermostDelegate").whereThere());
  }

  @Override
  public void createFor(Object pool) throws ReflectiveOperationException {
    Members.call(pool, "makeObject");
  }
}
