package io.tenantpool.pool;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One server's thread for what must not cost the application's threads anything: resets at the end
 * of leases, and closes. One per server, so that a server that hangs holds up nobody else's resets.
 *
 * <p>While there is traffic it looks for work by itself every {@value #LINGER_MICROS} microseconds:
 * waking a thread at the end of every lease would cost the application more than the reset does. A
 * borrower that comes sooner and finds no clean connection makes a dirty one clean itself, which is
 * cheaper than waiting for another thread to do it. A tenant that often pays this gets a
 * {@linkplain Dispatcher#hotSpare spare}, beside which the period is short enough: looking more
 * often, down to every microsecond, was measured and spared no borrower anything.
 */
final class ResetWorker implements Runnable {

  private static final long LINGER_MICROS = 100;
  private static final int LINGER_ROUNDS = 20;

  /** What there is to do, each question and step under the server's lock. */
  interface Work {

    /** Does one thing; false when there is nothing to do. */
    boolean work();

    boolean hasWork();

    /** Whether there will be none any more. */
    boolean isEmpty();
  }

  private final Work pool;
  private volatile @Nullable Thread thread;
  private volatile boolean parked;
  private volatile boolean stopped;

  ResetWorker(Work pool) {
    this.pool = pool;
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    int idleRounds = 0;
    while (!stopped || !pool.isEmpty()) {
      if (pool.work()) {
        idleRounds = 0;
      } else if (idleRounds < LINGER_ROUNDS) {
        idleRounds++;
        LockSupport.parkNanos(this, LINGER_MICROS * 1_000);
      } else {
        parkUntilWoken();
        idleRounds = 0;
      }
    }
  }

  private void parkUntilWoken() {
    parked = true;
    // Looked at again after the flag is up: whoever brought work before that did not unpark. And
    // the flag after that: waiting for the lock takes the permit of an unpark that came meanwhile.
    if (!pool.hasWork() && !(stopped && pool.isEmpty()) && parked) {
      LockSupport.park(this);
    }
    parked = false;
  }

  /** There is work. */
  void wake() {
    if (parked) {
      parked = false;
      LockSupport.unpark(thread);
    }
  }

  /** Ends the thread as soon as the last connection, which may still be leased, is closed. */
  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }
}
