package io.tenantpool.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * A lock that knows whether it is taken, and not by whom: not reentrant, without conditions. {@code
 * ReentrantLock} notes its owner with every lock and unlock, which with G1 costs as much as the
 * rest of the lock together (a reference from an old object to another region), and the server's
 * lock is taken twice per borrow.
 */
class Mutex implements Lock {

  private static final class Sync extends AbstractQueuedSynchronizer {

    private static final long serialVersionUID = 1;

    @Override
    protected boolean tryAcquire(int ignored) {
      return getState() == 0 && compareAndSetState(0, 1);
    }

    @Override
    protected boolean tryRelease(int ignored) {
      setState(0);
      return true;
    }
  }

  private final Sync sync = new Sync();

  @Override
  public void lock() {
    sync.acquire(1);
  }

  @Override
  public boolean tryLock() {
    return sync.tryAcquire(1);
  }

  @Override
  public void unlock() {
    sync.release(1);
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    sync.acquireInterruptibly(1);
  }

  @Override
  public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
    return sync.tryAcquireNanos(1, unit.toNanos(time));
  }

  /** None, as {@link Lock#newCondition} allows: nobody waits for anything under this lock. */
  @Override
  public Condition newCondition() {
    throw new UnsupportedOperationException();
  }
}
