package io.tenantpool.simulation;

import java.util.Map;
import java.util.TreeMap;

/** How often what has happened. */
public final class Tally {

  private final Map<String, Long> counts = new TreeMap<>();

  /** Once more. */
  public void count(String what) {
    counts.merge(what, 1L, Long::sum);
  }

  /** How often. */
  public long of(String what) {
    return counts.getOrDefault(what, 0L);
  }

  /** All of the other's, too. */
  public void add(Tally other) {
    other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
