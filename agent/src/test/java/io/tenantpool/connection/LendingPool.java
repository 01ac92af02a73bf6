package io.tenantpool.connection;

/** An application pool that is seen to lend a connection, for tests of other packages. */
public final class LendingPool {

  private LendingPool() {}

  public static void lends(Origin origin) {
    origin.sawLending();
  }
}
