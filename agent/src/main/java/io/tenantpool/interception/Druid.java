package io.tenantpool.interception;

import java.util.List;

/**
 * Druid, 1.1 and 1.2. It keeps one statement for initial SQL and validation open for a connection's
 * life. The connection that it holds is wrapped once for that statement, and once more where there
 * are filters.
 */
final class Druid implements PoolLibrary {

  private static final String HOLDER = "druid/pool/DruidConnectionHolder";

  @Override
  public String name() {
    return "Druid";
  }

  @Override
  public List<Boundary> boundaries() {
    return List.of(
        Boundary.creates("druid/pool/DruidAbstractDataSource", "createPhysicalConnection"),
        // At the end of it: what testOnBorrow asks must not begin the checkout's lease.
        Boundary.lendsAtExit(
            "druid/pool/DruidDataSource",
            "getConnectionDirect",
            raw(Value.result().field("druid/pool/DruidPooledConnection", "conn"))),
        Boundary.returnsAtEntry(
            "druid/pool/DruidDataSource", "putLast", raw(Value.argument(0).field(HOLDER, "conn"))),
        Boundary.unwraps("druid/pool/DruidPooledConnection", "getConnection"),
        Boundary.unwraps("druid/pool/PoolableWrapper", "unwrap"));
  }

  @Override
  public void createFor(Object pool) throws ReflectiveOperationException {
    Members.call(pool, "createPhysicalConnection");
  }

  private static Value raw(Value connection) {
    return connection
        .callIf("druid/proxy/jdbc/ConnectionProxyImpl", "getConnectionRaw")
        .callIf("druid/pool/DruidStatementConnection", "getConnection");
  }
}
