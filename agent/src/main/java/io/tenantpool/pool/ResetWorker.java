package io.tenantpool.pool;

import io.tenantpool.upkeep.AgentThread;
import io.tenantpool.upkeep.AgentThreads;
import java.util.concurrent.TimeUnit;
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
final class ResetWorker {

  private static final long LINGER_MICROS = 100;
  private static final int LINGER_ROUNDS = 20;

  /** A server that has had no connection for so long needs no thread. */
  private static final long REST_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** What there is to do, each question and step under the server's lock. */
  interface Work {

    /** Does one thing; false when there is nothing to do. */
    boolean work();

    boolean hasWork();

    /** Whether there will be none any more. */
    boolean isEmpty();
  }

  private final Work pool;
  private final long restNanos;
  private volatile @Nullable Thread thread;
  private volatile boolean parked;
  private volatile boolean stopped;

  /** The housekeeper's. */
  private @Nullable AgentThread agentThread;

  /** The thread's own, the next one's if it dies. */
  private int idleRounds;

  ResetWorker(Work pool) {
    this(pool, REST_NANOS);
  }

  ResetWorker(Work pool, long restNanos) {
    this.pool = pool;
    this.restNanos = restNanos;
  }

  /**
   * Sees to it that it has a thread while there is a connection; called by the housekeeper alone,
   * again and again.
   */
  void employ(AgentThreads threads, String server) {
    AgentThread employed = agentThread;
    if (employed == null || employed.hasEnded()) {
      if (pool.isEmpty()) {
        return;
      }
      employed = threads.unwatched("tenant-pool-reset " + server, this::round);
      agentThread = employed;
    }
    employed.start();
  }

  /** Does one thing, or waits; false when there is nothing left that could become work. */
  boolean round() {
    if (thread != Thread.currentThread()) {
      thread = Thread.currentThread();
    }
    if (stopped && pool.isEmpty()) {
      return false;
    }
    if (pool.work()) {
      idleRounds = 0;
    } else if (idleRounds < LINGER_ROUNDS) {
      idleRounds++;
      LockSupport.parkNanos(this, LINGER_MICROS * 1_000);
    } else {
      idleRounds = 0;
      return parkUntilWoken() || !pool.isEmpty();
    }
    return true;
  }

  /** False when nobody woke it for long. */
  private boolean parkUntilWoken() {
    parked = true;
    // Looked at again after the flag is up: whoever brought work before that did not unpark. And
    // the flag after that: waiting for the lock takes the permit of an unpark that came meanwhile.
    if (!pool.hasWork() && !(stopped && pool.isEmpty()) && parked) {
      LockSupport.parkNanos(pool, restNanos);
    }
    boolean woken = !parked;
    parked = false;
    return woken;
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
