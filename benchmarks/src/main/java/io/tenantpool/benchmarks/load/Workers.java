package io.tenantpool.benchmarks.load;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** The threads of the application. */
final class Workers {

  /** What a unit of work is to them. */
  @FunctionalInterface
  interface Task {
    void run(int tenant, RandomGenerator random) throws SQLException;
  }

  private static final int DIGITS = 3;

  /** An application that was refused does not come back at once. */
  private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final int threads;
  private final long timeoutNanos;
  private final Task task;
  private final AtomicLong units = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong unserved = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
  private final Recorder latencies = new Recorder(DIGITS);

  Workers(int threads, long timeoutMillis, Task task) {
    this.threads = threads;
    this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    this.task = task;
  }

  /** Works until nothing arrives any more. Each instance does so once. */
  Figures run(TenantChoice choice, Arrival arrival, long start, long seed)
      throws InterruptedException {
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      RandomGenerator random = new SplittableRandom(seed * 1_000 + i);
      all.add(new Thread(() -> work(choice, arrival, start, random), "worker-" + i));
    }
    all.forEach(Thread::start);
    for (Thread each : all) {
      each.join();
    }
    long nanos = System.nanoTime() - start;
    Histogram histogram = latencies.getIntervalHistogram();
    return Figures.of(units.get(), failed.get(), unserved.get(), nanos, histogram);
  }

  /** What went wrong first; null when nothing did. */
  @Nullable Throwable firstFailure() {
    return firstFailure.get();
  }

  private void work(TenantChoice choice, Arrival arrival, long start, RandomGenerator random) {
    for (OptionalLong next = arrival.next(); next.isPresent(); next = arrival.next()) {
      long intended = next.getAsLong();
      long now = waitUntil(intended);
      if (now - arrival.deadline() >= 0) {
        unserved.incrementAndGet();
        latencies.recordValue(now - intended);
      } else {
        one(choice.next(random, (intended - start) / 1e9), intended, random);
      }
    }
  }

  private void one(int tenant, long intended, RandomGenerator random) {
    try {
      task.run(tenant, random);
      units.incrementAndGet();
      latencies.recordValue(System.nanoTime() - intended);
    } catch (SQLException | RuntimeException e) {
      firstFailure.compareAndSet(null, e);
      failed.incrementAndGet();
      latencies.recordValue(Math.max(timeoutNanos, System.nanoTime() - intended));
      LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
    }
  }

  private static long waitUntil(long time) {
    long now = System.nanoTime();
    while (now - time < 0) {
      LockSupport.parkNanos(time - now);
      now = System.nanoTime();
    }
    return now;
  }
}
