package io.tenantpool.pool;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One server's thread for what must not cost the application's threads anything: resets at the end
 * of leases, and closes. One per server, so that a server that hangs holds up nobody else's resets.
 */
final class ResetWorker implements Runnable {

  private final ServerPool pool;
  private volatile @Nullable Thread thread;
  private volatile boolean parked;
  private volatile boolean stopped;

  ResetWorker(ServerPool pool) {
    this.pool = pool;
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    while (!stopped || !pool.isEmpty()) {
      if (!pool.work()) {
        parked = true;
        // Looked at again after the flag is up: whoever brought work before that did not unpark.
        if (!pool.hasWork() && !(stopped && pool.isEmpty())) {
          LockSupport.park(this);
        }
        parked = false;
      }
    }
  }

  /** There is work. */
  void wake() {
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /** Ends the thread as soon as the last connection, which may still be leased, is closed. */
  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }
}
