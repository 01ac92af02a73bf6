package io.tenantpool.it.outages;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How late this machine wakes a thread: what a measured time is longer for no fault of what is
 * measured.
 */
final class Hiccups implements Runnable {

  private static final long PAUSE_NANOS = 2_000_000;

  private volatile long longestNanos;
  private volatile boolean over;

  /** From now on. */
  static Hiccups watched() {
    Hiccups hiccups = new Hiccups();
    Thread thread = new Thread(hiccups, "hiccups");
    thread.setDaemon(true);
    thread.start();
    return hiccups;
  }

  @Override
  public void run() {
    while (!over) {
      long before = System.nanoTime();
      LockSupport.parkNanos(PAUSE_NANOS);
      longestNanos = Math.max(longestNanos, System.nanoTime() - before - PAUSE_NANOS);
    }
  }

  /** The longest until now; it is no longer watched. */
  long longestMillis() {
    over = true;
    return TimeUnit.NANOSECONDS.toMillis(longestNanos);
  }
}
