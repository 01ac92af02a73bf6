package io.tenantpool.observation.capacity;

import java.util.Arrays;

/** How often each number from 0 to a largest one occurred, weighted. Not thread-safe. */
final class Histogram {

  private static final int SMALLEST = 64;

  private final int largest;
  private double[] counts = new double[SMALLEST];

  /** What is larger than {@code largest} is taken for one more than that. */
  Histogram(int largest) {
    this.largest = largest;
  }

  private Histogram(int largest, double[] counts) {
    this.largest = largest;
    this.counts = counts;
  }

  void add(long value, double weight) {
    int index = (int) Math.min(value, largest + 1L);
    if (index >= counts.length) {
      counts = Arrays.copyOf(counts, Math.min(largest + 2, Integer.highestOneBit(index) * 2));
    }
    counts[index] += weight;
  }

  double at(int value) {
    return value < counts.length ? counts[value] : 0;
  }

  /** The largest value that occurred, {@code largest} at most; 0 when there is none. */
  int max() {
    for (int i = Math.min(largest, counts.length - 1); i > 0; i--) {
      if (counts[i] > 0) {
        return i;
      }
    }
    return 0;
  }

  void clear() {
    counts = new double[SMALLEST];
  }

  Histogram copy() {
    return new Histogram(largest, counts.clone());
  }
}
