package io.tenantpool.pool;

/**
 * How many may connect to one server at once. There is no bound in calm operation. After an outage,
 * when everybody has to connect anew, it is {@link #FEWEST} or two for each processor, and grows by
 * one with each connect that takes no longer than twice what connects took before. A server that is
 * slowed down by the rush gets no more of it; one behind a long line, whose connects take long but
 * not longer than ever, soon has as many as there are permits, and the bound is gone. Not
 * thread-safe: the server's lock guards it.
 */
final class ConnectPlaces {

  static final int FEWEST = 4;

  private final ConnectCost cost;
  private final int least;
  private boolean bounded;
  private int places;
  private long calmNanos;

  ConnectPlaces(ConnectCost cost, int processors) {
    this.cost = cost;
    least = Math.max(FEWEST, 2 * processors);
  }

  /** Sessions were lost, or the server could not be reached: it is about to be stormed. */
  void outage() {
    if (!bounded) {
      calmNanos = cost.nanos();
    }
    bounded = true;
    places = least;
  }

  /**
   * A connect took so long.
   *
   * @param permits how many there are; as many places are no bound
   */
  void opened(long nanos, int permits) {
    if (!bounded) {
      return;
    }
    if (nanos <= 2 * calmNanos) {
      places++;
    } else if (nanos > 4 * calmNanos) {
      places = Math.max(least, places - 1);
    }
    bounded = places < permits;
  }

  /** Whether one more may connect beside so many. */
  boolean hasRoom(int connecting) {
    return !bounded || connecting < places;
  }

  /** How many may connect at once; 0 without a bound. */
  int bound() {
    return bounded ? places : 0;
  }
}
