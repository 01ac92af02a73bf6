package io.tenantpool.simulation;

import java.util.Locale;

/** The last events of one world, and a number that stands for all of them. */
final class History {

  private static final int KEPT = 120;

  private final long[] times = new long[KEPT];
  private final String[] threads = new String[KEPT];
  private final String[] events = new String[KEPT];
  private final Object[] details = new Object[KEPT];
  private long count;
  private long fingerprint;

  void add(long now, String thread, String what, Object detail) {
    int place = (int) (count++ % KEPT);
    times[place] = now;
    threads[place] = thread;
    events[place] = what;
    details[place] = detail;
    mix(what.hashCode(), thread.hashCode() + (int) now);
  }

  void mix(int one, int other) {
    fingerprint = 31 * (31 * fingerprint + one) + other;
  }

  long fingerprint() {
    return fingerprint;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("the last events:\n");
    for (long i = Math.max(0, count - KEPT); i < count; i++) {
      int place = (int) (i % KEPT);
      text.append(
          String.format(
              Locale.ROOT,
              "%12.3f ms  %-12s %s %s%n",
              times[place] / 1e6,
              threads[place],
              events[place],
              details[place]));
    }
    return text.toString();
  }
}
