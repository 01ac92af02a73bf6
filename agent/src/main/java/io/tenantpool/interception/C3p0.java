package io.tenantpool.interception;

import java.util.List;

/**
 * c3p0, 0.9.5 to 0.14. The thread that closes a connection rolls it back and resets it, and puts
 * the rest, such as a test, in a queue for the threads of the pool. They create connections as
 * well, and one that waits for a connection of the tenant must not keep those from coming back that
 * stand in the queue: so a connection comes back before it is queued. Only where the application
 * has a {@code ConnectionCustomizer}, whose {@code onCheckIn} must meet the session of its {@code
 * onCheckOut}, it comes back at the end of the work.
 *
 * <p>With its statement cache on, the pool's threads prepare statements for the application's. The
 * lease begins on the application's thread before that: else the few threads of the pool could all
 * be waiting for connections of a tenant whose holders wait for them.
 */
final class C3p0 implements PoolLibrary {

  private static final String POOL = "c3p0/impl/C3P0PooledConnectionPool";
  private static final String MANAGER = POOL + "$1PooledConnectionResourcePoolManager";

  @Override
  public String name() {
    return "c3p0";
  }

  @Override
  public List<Boundary> boundaries() {
    Value connection =
        Value.argument(0).field("c3p0/impl/NewPooledConnection", "physicalConnection");
    return List.of(
        Boundary.creates(MANAGER, "acquireResource"),
        Boundary.lendsAtEntry(MANAGER, "refurbishResourceOnCheckout", connection),
        Boundary.worksLater(MANAGER, "refurbishResourceOnCheckout", connection)
            .where(Value.self().field("val$connectionCustomizer")),
        Boundary.returnsUnlessWork(POOL, "checkinPooledConnection", connection),
        Boundary.returnsAtExit(MANAGER, "refurbishResourceOnCheckin", connection),
        Boundary.usesAtEntry(
            "c3p0/impl/NewPooledConnection",
            "checkoutStatement",
            Value.self().field("physicalConnection")));
  }

  @Override
  public void createFor(Object pool) throws ReflectiveOperationException {
    Members.call(pool, "acquireResource");
  }
}
