package io.tenantpool.performance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Compares ways to do the same thing on a noisy machine: the variants take turns, round after
 * round, and what counts is the median of the rounds' ratios to the first variant, so that whatever
 * slows one round slows all of it.
 */
final class Interleaved {

  /**
   * Something to be measured; runs it {@code times} times on the calling thread, the {@code
   * index}-th of several.
   */
  @FunctionalInterface
  interface Work {
    void run(int index, int times) throws Exception;
  }

  private final Map<String, Work> variants = new LinkedHashMap<>();
  private final int threads;
  private final long roundNanos;

  Interleaved(int threads, long roundMillis) {
    this.threads = threads;
    this.roundNanos = roundMillis * 1_000_000;
  }

  Interleaved variant(String name, Work work) {
    variants.put(name, work);
    return this;
  }

  /** Nanoseconds per operation and the ratio to the first variant, both as medians. */
  record Result(String name, double nanos, double ratio) {

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%-44s %12.0f ns  ratio %.2f", name, nanos, ratio);
    }
  }

  List<Result> run(int rounds) throws Exception {
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = -2; round < rounds; round++) {
      for (Map.Entry<String, Work> variant : variants.entrySet()) {
        double nanos = measure(variant.getValue());
        if (round >= 0) {
          times.computeIfAbsent(variant.getKey(), name -> new ArrayList<>()).add(nanos);
        }
      }
    }
    List<Double> first = times.values().iterator().next();
    List<Result> results = new ArrayList<>();
    times.forEach(
        (name, nanos) -> {
          List<Double> ratios = new ArrayList<>();
          for (int i = 0; i < nanos.size(); i++) {
            ratios.add(nanos.get(i) / first.get(i));
          }
          results.add(new Result(name, median(nanos), median(ratios)));
        });
    return results;
  }

  /** Wall-clock nanoseconds per operation over all threads. */
  private double measure(Work work) throws Exception {
    CountDownLatch done = new CountDownLatch(threads);
    AtomicReference<Exception> failure = new AtomicReference<>();
    long[] counts = new long[threads];
    long start = System.nanoTime();
    for (int i = 0; i < threads; i++) {
      int index = i;
      new Thread(
              () -> {
                try {
                  int batch = 1;
                  while (System.nanoTime() - start < roundNanos) {
                    work.run(index, batch);
                    counts[index] += batch;
                    batch = Math.min(1000, batch * 2);
                  }
                } catch (Exception e) {
                  failure.set(e);
                } finally {
                  done.countDown();
                }
              })
          .start();
    }
    done.await();
    long elapsed = System.nanoTime() - start;
    if (failure.get() != null) {
      throw failure.get();
    }
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return (double) elapsed / total;
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
