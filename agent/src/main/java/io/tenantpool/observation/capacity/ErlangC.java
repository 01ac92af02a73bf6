package io.tenantpool.observation.capacity;

/**
 * Waiting for one of several servers when requests come independently of each other (A. K. Erlang,
 * 1917; M/M/c).
 */
final class ErlangC {

  private ErlangC() {}

  /**
   * The probability of having to wait for one of {@code servers} when {@code load} of them are busy
   * on average; 1 when that is more than there are.
   */
  static double waiting(int servers, double load) {
    if (load >= servers) {
      return 1;
    }
    double blocked = 1;
    for (int i = 1; i <= servers; i++) {
      blocked = load * blocked / (i + load * blocked);
    }
    return blocked / (1 - load / servers * (1 - blocked));
  }
}
