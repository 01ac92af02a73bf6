package io.tenantpool.observation;

import io.tenantpool.upkeep.Inbox;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The way from the application's threads to the observation thread. It never blocks and never
 * grows: what finds no room is counted and dropped, and whoever needs the truth asks the pool.
 */
final class EventQueue {

  static final int CAPACITY = 4096;

  private final Inbox<Runnable> events = new Inbox<>(CAPACITY);
  private final AtomicBoolean overflowed = new AtomicBoolean();
  private final AtomicLong lost = new AtomicLong();

  /** False when it found no room. */
  boolean offer(Runnable event) {
    boolean taken = events.offer(event);
    if (!taken) {
      lost.incrementAndGet();
      overflowed.set(true);
    }
    return taken;
  }

  @Nullable Runnable poll() {
    return events.poll();
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** Waits for an event, for so long at most. */
  void await(long timeoutNanos) {
    events.await(timeoutNanos);
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
