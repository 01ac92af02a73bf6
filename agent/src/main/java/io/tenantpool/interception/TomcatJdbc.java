package io.tenantpool.interception;

import java.util.List;

/**
 * Tomcat JDBC, 9 to 11. Its initial SQL runs where a new connection is validated, so the methods
 * around that are the ones that create; {@code reconnectIfExpired} is the last thing that is done
 * with a connection before it is offered to others again.
 */
final class TomcatJdbc implements PoolLibrary {

  private static final String POOL = "tomcat/jdbc/pool/ConnectionPool";

  @Override
  public String name() {
    return "Tomcat JDBC";
  }

  @Override
  public List<Boundary> boundaries() {
    Value connection = Value.argument(0).call("tomcat/jdbc/pool/PooledConnection", "getConnection");
    return List.of(
        Boundary.creates(POOL, "createConnection"),
        Boundary.creates(POOL, "reconnectIfExpired"),
        Boundary.creates(POOL, "borrowConnection"),
        Boundary.lendsAtEntry(POOL, "setupConnection", connection),
        Boundary.returnsAtExit(POOL, "reconnectIfExpired", connection),
        Boundary.unwraps("tomcat/jdbc/pool/ProxyConnection", "unwrap"));
  }

  /** Without counting: {@code createConnection} would lower the pool's size when it fails. */
  @Override
  public void createFor(Object pool) throws ReflectiveOperationException {
    Object connection = Members.call(pool, "create", false);
    if (connection != null) {
      Members.call(connection, "connect");
    }
  }
}
