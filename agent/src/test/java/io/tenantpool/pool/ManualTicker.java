package io.tenantpool.pool;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Time that stands still until the test moves it, and threads that a test can wait to be parked.
 */
final class ManualTicker implements Ticker {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Map<Thread, Long> parked = new HashMap<>();
  private final Set<Thread> permits = new HashSet<>();
  private long now = 1_000_000_000L;

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public synchronized long epochMillis() {
    return 1_700_000_000_000L + TimeUnit.NANOSECONDS.toMillis(now);
  }

  @Override
  public synchronized void park(Object waiter, long nanos) {
    Thread thread = Thread.currentThread();
    if (permits.remove(thread) || thread.isInterrupted()) {
      return;
    }
    parked.put(thread, now + nanos);
    notifyAll();
    try {
      while (parked.containsKey(thread)) {
        wait();
      }
    } catch (InterruptedException e) {
      parked.remove(thread);
      thread.interrupt();
    }
  }

  @Override
  public synchronized void unpark(Thread thread) {
    if (parked.remove(thread) == null) {
      permits.add(thread);
    }
    notifyAll();
  }

  synchronized void advanceMillis(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
    parked.values().removeIf(deadline -> deadline - now <= 0);
    notifyAll();
  }

  /** Returns once the thread is parked. */
  void awaitParked(Thread thread) throws InterruptedException {
    awaitAtRest(thread, false);
  }

  /**
   * Returns once the thread is parked, or has ended. A test that moves the time step by step waits
   * so before each step, or the time is up before a slow machine has let the thread run at all.
   */
  void awaitParkedOrEnded(Thread thread) throws InterruptedException {
    awaitAtRest(thread, true);
  }

  private synchronized void awaitAtRest(Thread thread, boolean mayEnd) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!parked.containsKey(thread)) {
      if (mayEnd && !thread.isAlive()) {
        return;
      }
      long left = end - System.nanoTime();
      if (left <= 0 || !thread.isAlive()) {
        throw new AssertionError(thread + " does not park");
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, 50_000_000));
    }
  }
}
