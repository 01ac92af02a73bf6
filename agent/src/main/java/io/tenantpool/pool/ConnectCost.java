package io.tenantpool.pool;

/**
 * What a connect to one server costs, as a moving average, and what follows from it: the quantum,
 * for which a tenant with waiters of its own keeps a connection while other tenants wait. Ten times
 * the cost of a connect keeps the loss by switching at a tenth; the bounds keep the wait of the
 * others bearable where connects are slow, and switching rare where they are fast.
 */
final class ConnectCost {

  private static final long FIRST_GUESS = 3_000_000;
  private static final long SHORTEST_QUANTUM = 20_000_000;
  private static final long LONGEST_QUANTUM = 60_000_000;

  private long average = FIRST_GUESS;
  private boolean measured;

  /** A connect took this many nanoseconds. */
  void measured(long nanos) {
    average += (nanos - average) / 8;
    measured = true;
  }

  /** Whether there was a connect yet. */
  boolean isMeasured() {
    return measured;
  }

  /** Nanoseconds of an average connect. */
  long nanos() {
    return average;
  }

  /** Nanoseconds for which a busy tenant keeps a connection while others wait. */
  long quantumNanos() {
    return Math.max(SHORTEST_QUANTUM, Math.min(LONGEST_QUANTUM, 10 * average));
  }
}
