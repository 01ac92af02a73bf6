package io.tenantpool.pool;

import java.util.concurrent.locks.LockSupport;

/**
 * Where the pool reads the time and waits for it to pass, so that a test can say what time it is.
 */
public interface Ticker {

  /** Elapsed nanoseconds since an arbitrary origin, as {@link System#nanoTime()} gives them. */
  long nanos();

  /** Wall-clock time, epoch milliseconds. */
  long epochMillis();

  /**
   * Waits at most {@code nanos} nanoseconds on behalf of {@code waiter}, or until {@link #unpark},
   * an interrupt, or no reason at all, as {@link LockSupport#parkNanos(Object, long)} does.
   */
  default void park(Object waiter, long nanos) {
    LockSupport.parkNanos(waiter, nanos);
  }

  /** Ends the thread's current or next {@link #park}. */
  default void unpark(Thread thread) {
    LockSupport.unpark(thread);
  }

  /** The JVM's clocks. */
  static Ticker system() {
    return new Ticker() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public long epochMillis() {
        return System.currentTimeMillis();
      }
    };
  }
}
