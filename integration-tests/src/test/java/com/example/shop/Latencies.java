package com.example.shop;

import java.util.concurrent.atomic.AtomicLongArray;

/** How long units of work took, in classes that are at most 1/32 wide. Thread-safe. */
final class Latencies {

  private static final int STEPS_PER_DOUBLING = 32;
  private static final int STEP_BITS = 5;
  private static final int CLASSES = (Long.SIZE - STEP_BITS) * STEPS_PER_DOUBLING;

  private final AtomicLongArray counts = new AtomicLongArray(CLASSES);

  void add(long nanos) {
    counts.incrementAndGet(classOf(nanos));
  }

  /** The latency, in nanoseconds, that the given part (0 to 1) of all did not exceed; 0 if none. */
  long quantile(double part) {
    long all = 0;
    for (int i = 0; i < CLASSES; i++) {
      all += counts.get(i);
    }
    long rank = (long) Math.ceil(all * part);
    long seen = 0;
    for (int i = 0; i < CLASSES; i++) {
      seen += counts.get(i);
      if (rank > 0 && seen >= rank) {
        return upperBound(i);
      }
    }
    return 0;
  }

  private static int classOf(long nanos) {
    int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - STEP_BITS - 1);
    return shift * STEPS_PER_DOUBLING + (int) (nanos >>> shift);
  }

  private static long upperBound(int index) {
    int shift = Math.max(0, index / STEPS_PER_DOUBLING - 1);
    return (((long) index - (long) shift * STEPS_PER_DOUBLING + 1) << shift) - 1;
  }
}
