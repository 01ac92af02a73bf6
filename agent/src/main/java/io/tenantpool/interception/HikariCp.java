package io.tenantpool.interception;

import java.util.List;

/**
 * HikariCP, 3.4 to 7. Its initial SQL and its defaults are applied within {@code newConnection};
 * the roll-back and the reset of a returned connection are over when its entry is recycled.
 */
final class HikariCp implements PoolLibrary {

  private static final String POOL = "hikari/pool/PoolBase";
  private static final String ENTRY = "hikari/pool/PoolEntry";

  @Override
  public String name() {
    return "HikariCP";
  }

  @Override
  public List<Boundary> boundaries() {
    Value connection = Value.self().field("connection");
    return List.of(
        Boundary.creates(POOL, "newConnection"),
        Boundary.lendsAtEntry(ENTRY, "createProxyConnection", connection),
        Boundary.returnsAtEntry(ENTRY, "recycle", connection),
        Boundary.unwraps("hikari/pool/ProxyConnection", "unwrap"));
  }

  @Override
  public void createFor(Object pool) throws ReflectiveOperationException {
    try {
      Members.call(pool, "newConnection");
    } catch (NoSuchMethodException sinceSeven) {
      Members.call(pool, "newConnection", false);
    }
  }
}
