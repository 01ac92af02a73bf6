package io.tenantpool.connection;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A pool that lends what it has, until it is full: then a caller waits until it is called off, the
 * test has its limit pass, or something is free again.
 */
final class FullPool implements PooledSource {

  private final SessionPool pool;
  private volatile boolean full;
  private volatile boolean limitPasses;
  private volatile boolean grantsAtLast;
  private volatile @Nullable WaitLimit limit;
  private volatile CountDownLatch waiting = new CountDownLatch(1);
  private volatile CountDownLatch free = new CountDownLatch(1);

  FullPool(SessionPool pool) {
    this.pool = pool;
  }

  /** From now on callers wait. */
  FullPool full() {
    full = true;
    limit = null;
    waiting = new CountDownLatch(1);
    free = new CountDownLatch(1);
    return this;
  }

  /** From now on a caller's limit passes at once; one without a limit waits. */
  void limitPasses() {
    limitPasses = true;
  }

  /** From now on a caller that is called off gets its lease all the same. */
  void grantsAtLast() {
    grantsAtLast = true;
  }

  /** Serves whoever waits. */
  void free() {
    full = false;
    free.countDown();
  }

  void awaitWaiting() throws InterruptedException {
    if (!waiting.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody waits");
    }
  }

  /** The limit of the last one that had to wait. */
  @Nullable WaitLimit limit() {
    return limit;
  }

  @Override
  public Lease acquire(@Nullable Origin origin) throws SQLException {
    return pool.acquire(origin);
  }

  @Override
  public Lease acquire(@Nullable Origin origin, Caller caller) throws SQLException {
    if (full) {
      await(caller);
    }
    return pool.acquire(origin);
  }

  private void await(Caller caller) throws SQLException {
    WaitLimit own = caller.limit();
    limit = own;
    CountDownLatch woken = free;
    caller.waits(woken::countDown);
    try {
      waiting.countDown();
      WaitEnd end = own != null && limitPasses ? own.end() : null;
      if (end == null) {
        if (!woken.await(20, TimeUnit.SECONDS)) {
          throw new AssertionError("nobody ends the wait");
        }
        end = full && !grantsAtLast ? caller.calledOff() : null;
      }
      if (end != null) {
        caller.ended(end);
        throw end.exception("ended: " + end, null);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      caller.waitsNoMore();
    }
  }

  @Override
  public void abandoned(Origin origin) {
    pool.abandoned(origin);
  }

  @Override
  public Reachability server() {
    return pool.server();
  }

  @Override
  public Object poolKey() {
    return this;
  }

  @Override
  public Class<?> driverClass() {
    return pool.driverClass();
  }
}
