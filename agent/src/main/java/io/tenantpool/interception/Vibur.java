package io.tenantpool.interception;

import java.util.List;

/**
 * Vibur DBCP, 22 to 26. A new connection is handed to whoever waits for it as soon as it is
 * created, so that it counts as lent from then on, also where it was created for later: nothing is
 * done with it in between. A connection may come back inside a transaction.
 */
final class Vibur implements PoolLibrary {

  private static final String FACTORY = "vibur/dbcp/pool/ConnectionFactory";
  private static final String HOLDER = "vibur/dbcp/pool/ConnHolder";

  @Override
  public String name() {
    return "Vibur DBCP";
  }

  @Override
  public List<Boundary> boundaries() {
    Value created = Value.result().call(HOLDER, "rawConnection");
    Value connection = Value.argument(0).call(HOLDER, "rawConnection");
    return List.of(
        Boundary.creates(FACTORY, "create"),
        Boundary.lendsAtExit(FACTORY, "create", created),
        Boundary.lendsAtEntry(FACTORY, "readyToTake", connection),
        Boundary.returnsAtExit(FACTORY, "readyToRestore", connection),
        // Of statements and rows as well.
        Boundary.unwraps("vibur/dbcp/proxy/AbstractInvocationHandler", "unwrap"));
  }

  /** Its own creating method would try again, and wait in between. */
  @Override
  public void createFor(Object pool) throws ReflectiveOperationException {
    Object connector = Members.call(Members.get(pool, "config"), "getConnector");
    if (connector != null) {
      Members.call(connector, "connect");
    }
  }
}
