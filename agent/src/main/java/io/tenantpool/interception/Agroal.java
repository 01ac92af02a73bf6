package io.tenantpool.interception;

import java.util.List;

/**
 * Agroal, 1.16 to 3. Its defaults and its initial SQL are applied by the factory; an interceptor of
 * the application runs its SQL as a part of the checkout, whose first step and last step are to
 * call the interceptors, if there are any. A transaction that is left open ends when autocommit is
 * switched on again, which commits.
 */
final class Agroal implements PoolLibrary {

  private static final String FACTORY = "agroal/pool/ConnectionFactory";
  private static final String HANDLER = "agroal/pool/ConnectionHandler";
  private static final String INTERCEPTORS = "agroal/pool/util/InterceptorHelper";

  @Override
  public String name() {
    return "Agroal";
  }

  @Override
  public List<Boundary> boundaries() {
    Value connection = Value.argument(1).call(HANDLER, "rawConnection");
    return List.of(
        Boundary.creates(FACTORY, "createConnection"),
        // Before anybody can have it; since 2.
        Boundary.setsUp(INTERCEPTORS, "fireOnConnectionCreateInterceptor", connection).whereThere(),
        Boundary.lendsAtEntry(INTERCEPTORS, "fireOnConnectionAcquiredInterceptor", connection),
        Boundary.returnsAtExit(INTERCEPTORS, "fireOnConnectionReturnInterceptor", connection),
        // Where an interceptor refused the checkout that had begun.
        Boundary.returnsAtEntry(HANDLER, "release", Value.self().call("rawConnection"))
            .whereThere());
  }

  @Override
  public void createFor(Object pool) throws ReflectiveOperationException {
    Members.call(pool, "createConnection");
  }
}
