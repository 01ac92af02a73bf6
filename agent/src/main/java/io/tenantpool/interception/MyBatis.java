package io.tenantpool.interception;

import java.util.List;

/**
 * MyBatis' own pool, 3.4 to 3.5. It tests idle connections, and so waits for a lease, while it
 * holds the lock that each returning thread needs. So a lease must end before a returning thread
 * asks for that lock, although MyBatis rolls back only when it has it: a transaction that is still
 * open keeps its lease until that roll-back.
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
    return List.of(
        Boundary.creates(POOL, "popConnection"),
        Boundary.lendsAtEntry(WRAPPER, "getProxyConnection", Value.self().field("realConnection")),
        Boundary.returnsAtEntry(
            POOL, "pushConnection", Value.argument(0).call(WRAPPER, "getRealConnection")));
  }
}
