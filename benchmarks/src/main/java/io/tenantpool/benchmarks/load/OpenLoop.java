package io.tenantpool.benchmarks.load;

import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Units arrive at random, so many per second on average (a Poisson process), whether anybody has
 * time for them or not. The schedule depends on the seed alone. What has arrived in the round may
 * be served for as long again; the rest is not served.
 */
final class OpenLoop implements Arrival {

  private final SplittableRandom random;
  private final double meanNanos;
  private final long end;
  private final long deadline;
  private long last;

  OpenLoop(long start, long nanos, double perSecond, long seed) {
    this.random = new SplittableRandom(seed);
    this.meanNanos = 1e9 / perSecond;
    this.last = start;
    this.end = start + nanos;
    this.deadline = end + nanos;
  }

  @Override
  public synchronized OptionalLong next() {
    last += (long) (-Math.log(1 - random.nextDouble()) * meanNanos);
    return last - end < 0 ? OptionalLong.of(last) : OptionalLong.empty();
  }

  @Override
  public long deadline() {
    return deadline;
  }
}
