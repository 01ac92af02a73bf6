package io.tenantpool.observation;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The way from the application's threads to the observation thread. It never blocks and never
 * grows: what finds no room is counted and dropped, and whoever needs the truth asks the pool.
 */
final class EventQueue {

  static final int CAPACITY = 4096;

  private final ArrayBlockingQueue<Runnable> events = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicBoolean overflowed = new AtomicBoolean();
  private final AtomicLong lost = new AtomicLong();

  void offer(Runnable event) {
    if (!events.offer(event)) {
      lost.incrementAndGet();
      overflowed.set(true);
    }
  }

  @Nullable Runnable poll() {
    return events.poll();
  }

  /** The next event; null when none came in time. */
  @Nullable Runnable poll(long timeoutNanos) throws InterruptedException {
    return events.poll(timeoutNanos, TimeUnit.NANOSECONDS);
  }

  /** Whether an event was dropped since the last call. */
  boolean takeOverflow() {
    return overflowed.getAndSet(false);
  }

  /** Events dropped so far. */
  long lost() {
    return lost.get();
  }
}
