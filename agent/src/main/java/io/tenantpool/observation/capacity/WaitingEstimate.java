package io.tenantpool.observation.capacity;

/**
 * How borrows would wait under a cap. Two views of it, and the worse counts:
 *
 * <ul>
 *   <li>What was seen: a borrow that found {@code n} leases, {@code cap} or more, would be number
 *       {@code n - cap + 1} in a line that moves on each time one of {@code cap} connections comes
 *       back. Where the cap makes more borrows open a connection, all hold theirs for longer, and
 *       {@code n} grows with that.
 *   <li>What may have been hidden: when nearly all connections of the cap in force were leased at
 *       some time, there may have been more to do than could be seen. Then the borrow rates of
 *       single seconds go through Erlang's formula.
 * </ul>
 */
final class WaitingEstimate {

  /** Leases, as a part of the cap in force, from which it may have held borrows up. */
  private static final double REACHED = 0.9;

  private final Tally tally;
  private final double leaseNanos;
  private final double connectNanos;
  private final double actualMisses;
  private final double timeoutNanos;
  private final double[] rateShares;
  private final boolean reached;

  /** {@code actualMisses}: the part of the borrows that miss under the cap in force. */
  WaitingEstimate(
      Tally tally,
      double leaseNanos,
      double actualMisses,
      double[] rateShares,
      Conditions conditions) {
    this.tally = tally;
    this.leaseNanos = Math.max(1, leaseNanos);
    this.connectNanos = conditions.connectNanos();
    this.actualMisses = actualMisses;
    this.timeoutNanos = conditions.acquireTimeoutNanos();
    this.rateShares = rateShares;
    this.reached = conditions.capped() && (tally.needs().max() + 1) >= REACHED * conditions.cap();
  }

  /**
   * @param ratio part of the borrows that wait, 0 to 1
   * @param nanos mean wait of all borrows
   */
  record Waiting(double ratio, double nanos) {}

  /** Under {@code cap}, when {@code misses} of the borrows (0 to 1) open a connection. */
  Waiting under(int cap, double misses) {
    Waiting seen = seen(cap, misses);
    if (!reached) {
      return seen;
    }
    Waiting hidden = hidden(cap, misses);
    return new Waiting(
        Math.max(seen.ratio(), hidden.ratio()), Math.max(seen.nanos(), hidden.nanos()));
  }

  private Waiting seen(int cap, double misses) {
    double service = leaseNanos + misses * connectNanos;
    double stretch = Math.max(1, service / (leaseNanos + actualMisses * connectNanos));
    double waiting = 0;
    double nanos = 0;
    for (int found = tally.needs().max(); found >= 0; found--) {
      double stretched = found * stretch;
      if (stretched < cap) {
        break;
      }
      double borrows = tally.needs().at(found);
      waiting += borrows;
      nanos += borrows * Math.min(timeoutNanos, (stretched - cap + 1) * service / cap);
    }
    double all = Math.max(1, tally.borrows());
    return new Waiting(waiting / all, nanos / all);
  }

  private Waiting hidden(int cap, double misses) {
    double service = leaseNanos + misses * connectNanos;
    double ratio = 0;
    double nanos = 0;
    for (int step = 0; step < rateShares.length; step++) {
      if (rateShares[step] == 0) {
        continue;
      }
      double load = BorrowRates.rate(step) * service / 1e9;
      double waiting = ErlangC.waiting(cap, load);
      double wait = load < cap ? waiting * service / (cap - load) : timeoutNanos;
      ratio += rateShares[step] * waiting;
      nanos += rateShares[step] * Math.min(timeoutNanos, wait);
    }
    return new Waiting(ratio, nanos);
  }
}
