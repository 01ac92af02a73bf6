package io.tenantpool.pool;

import java.util.concurrent.TimeUnit;

/**
 * How fast a waiting line moves: how often somebody leaves it because it was served, or did not
 * want to wait for as long as others. Begins when somebody stands in the line, and looks at the
 * time when somebody comes: of the last two periods the faster one counts, so that a line which has
 * just begun to move again is not taken for a slow one. Not thread-safe: the server's lock guards
 * it.
 */
final class DepartureRate {

  static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(5);
  static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);
  static final int FEWEST = 5;

  private long begin;
  private long departures;
  private double before;

  DepartureRate(long now) {
    begin = now;
  }

  void departed() {
    departures++;
  }

  /** Departures in a nanosecond; 0 while too little was seen to tell. */
  double perNano(long now) {
    long passed = now - begin;
    boolean tells = passed >= SHORTEST_NANOS && departures >= FEWEST;
    double current = tells ? (double) departures / passed : 0;
    double faster = Math.max(current, before);
    if (passed >= PERIOD_NANOS) {
      before = current;
      begin = now;
      departures = 0;
    }
    return faster;
  }
}
