package io.tenantpool.interception;

import java.util.List;

/**
 * The pool that Hibernate has built in, 5 to 7. It makes a connection ready for the next borrower
 * before it lends it, and again before it offers a returned one to others.
 */
final class HibernatePool implements PoolLibrary {

  private static final String PACKAGE = "hibernate/engine/jdbc/connections/internal/";

  private final String pool;

  private HibernatePool(String pool) {
    this.pool = PACKAGE + pool;
  }

  /** As it is since 7. */
  static HibernatePool ofItsOwnClass() {
    return new HibernatePool("PooledConnections");
  }

  /** As it was in 5 and 6. */
  static HibernatePool nested() {
    return new HibernatePool("DriverManagerConnectionProviderImpl$PooledConnections");
  }

  @Override
  public String name() {
    return "Hibernate";
  }

  @Override
  public List<Boundary> boundaries() {
    return List.of(
        Boundary.creates(PACKAGE + "BasicConnectionCreator", "createConnection"),
        Boundary.lendsAtExit(pool, "prepareConnection", Value.result()),
        Boundary.returnsAtExit(pool, "releaseConnection", Value.result()));
  }
}
