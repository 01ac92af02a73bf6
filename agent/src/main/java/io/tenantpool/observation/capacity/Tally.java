package io.tenantpool.observation.capacity;

import io.tenantpool.config.EvictionOrder;

/**
 * What {@link ReuseDistances} has counted.
 *
 * @param borrows all borrows
 * @param firsts those that miss under every cap
 * @param distances of all other borrows, where the least recently returned connection goes first
 * @param inFrequency of the same, where that of the tenant goes first that is asked for least often
 * @param needs how many leases each borrow found
 * @param before the connections without a cap, when counting began
 * @param now the same now
 * @param tracked tenants that are followed
 * @param weight how many tenants each of them stands for
 */
record Tally(
    long borrows,
    double firsts,
    Histogram distances,
    Histogram inFrequency,
    Histogram needs,
    Stock before,
    Stock now,
    int tracked,
    int weight) {

  /** Leased and idle connections of a server without a cap. */
  record Stock(int leased, double idle) {

    double total() {
      return leased + idle;
    }

    /** How many of them are open under a cap. */
    double under(int cap) {
      return Math.max(leased, Math.min(cap, total()));
    }
  }

  /**
   * Borrows that hit, for each cap from 0 to {@code largest}; by frequency or by LRU, whichever is
   * better under that cap, where a server may choose.
   */
  double[] hits(int largest, EvictionOrder order) {
    double[] hits = new double[largest + 1];
    double recent = 0;
    double frequent = 0;
    for (int cap = 1; cap <= largest; cap++) {
      recent += distances.at(cap);
      frequent += inFrequency.at(cap);
      double best = order == EvictionOrder.LRU ? recent : Math.max(recent, frequent);
      // A sample that has too many of the busiest tenants takes from the nearest distances.
      hits[cap] = Math.max(hits[cap - 1], best);
    }
    return hits;
  }

  /** Connections that the cap had closed, when so many borrows hit. */
  double evictions(int cap, double hits) {
    return Math.max(0, borrows - hits - (now.under(cap) - before.under(cap)));
  }

  /** Part of the borrows that found so many leases or more, 0 to 1. */
  double needing(int leases) {
    double fewer = 0;
    for (int i = 0; i < leases; i++) {
      fewer += needs.at(i);
    }
    return borrows == 0 ? 0 : (borrows - fewer) / borrows;
  }
}
