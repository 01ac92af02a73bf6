package io.tenantpool.benchmarks.load;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The next unit begins when a thread is done with its last one. */
final class ClosedLoop implements Arrival {

  private final long end;

  ClosedLoop(long start, long nanos) {
    this.end = start + nanos;
  }

  @Override
  public OptionalLong next() {
    long now = System.nanoTime();
    return now - end < 0 ? OptionalLong.of(now) : OptionalLong.empty();
  }

  /** Never reached: what begins, begins in time. */
  @Override
  public long deadline() {
    return end + TimeUnit.DAYS.toNanos(1);
  }
}
