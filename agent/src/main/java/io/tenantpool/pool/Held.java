package io.tenantpool.pool;

/** How many connections of a tenant a thread has that asks for one more. */
enum Held {
  NONE,

  /** As with a transaction inside of another: it may wait for itself. */
  FEW,

  /** As a thread that forgets to close what it opens. */
  MANY;

  /** A set of all of them. */
  static final int ALL = NONE.bit() | FEW.bit() | MANY.bit();

  private static final int MOST_OF_FEW = 2;

  static Held of(int connections) {
    if (connections == 0) {
      return NONE;
    }
    return connections <= MOST_OF_FEW ? FEW : MANY;
  }

  /** A set of this one; sets are sums of these. */
  int bit() {
    return 1 << ordinal();
  }

  boolean isIn(int set) {
    return (set & bit()) != 0;
  }
}
