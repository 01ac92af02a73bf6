package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.upkeep.Upkeep;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What closing a pool or a tenant does to those who wait, and to connections that are leased. */
class ShutdownTest {

  private final PoolScene scene = new PoolScene(TestLimits.of(2, 0, 2));

  @Test
  void whoeverWaitsWhenThePoolClosesIsTurnedAway() throws Exception {
    PooledLease lease = scene.borrow("a");
    scene.borrow("b").end();
    PooledLease other = scene.borrow("b");
    PoolScene.Borrower waiting = scene.borrower("c").parked();
    scene.pool.operations().close();
    SQLException failure = assertInstanceOf(SQLException.class, waiting.failure());
    assertEquals("08003", failure.getSQLState());
    assertEquals("tenant-pool: the pool of db:5432 is shut down", failure.getMessage());
    assertEquals("08003", assertThrows(SQLException.class, () -> scene.borrow("a")).getSQLState());
    lease.end();
    other.end();
    scene.work();
    assertEquals(0, scene.figures().open());
    assertEquals(2, scene.figures().evictions().get(EvictionCause.SHUTDOWN));
    scene.assertNothingLost();
  }

  @Test
  void aBorrowerThatTheServerRefusesIsTurnedAwayAfterTheClose() throws Exception {
    scene.server.onOpen =
        () -> {
          throw new SQLException("full", "53300");
        };
    PoolScene.Borrower refused = scene.borrower("a").parked();
    scene.pool.operations().close();
    scene.ticker.advanceMillis(1);
    assertEquals("08003", assertInstanceOf(SQLException.class, refused.failure()).getSQLState());
    scene.assertNothingLost();
  }

  @Test
  void theWorkerOfAClosedPoolStaysUntilTheLastLeaseIsBackAndClosed() throws Exception {
    PooledLease lease = scene.borrow("a");
    Thread worker = Upkeep.rounds(scene.pool.worker()::round);
    worker.start();
    scene.pool.operations().close();
    scene.pool.worker().stop();
    assertEquals(1, scene.server.sockets.get());
    lease.end();
    worker.join(20_000);
    assertFalse(worker.isAlive());
    assertEquals(0, scene.server.sockets.get());
  }

  /** Guards the answer of {@code ServerLedger.returned}, for the worker sleeps by then. */
  @Test
  void aConnectionOfAClosedTenantIsClosedAtItsReturnThoughNothingWasAskedOfIt() throws Exception {
    scene.server.untouched = true;
    PooledLease lease = scene.borrow("a");
    Thread worker = Upkeep.rounds(scene.pool.worker()::round);
    worker.start();
    assertTrue(scene.pool.operations().closeTenant("a"));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (LockSupport.getBlocker(worker) != scene.pool.cleaning()
        && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    lease.end();
    while (scene.server.sockets.get() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertEquals(0, scene.server.sockets.get());
    scene.pool.operations().close();
    scene.pool.worker().stop();
    worker.join(20_000);
    assertFalse(worker.isAlive());
  }

  @Test
  void closingATenantClosesWhatIsIdleNowAndWhatIsLeasedWhenItComesBack() throws Exception {
    PooledLease leased = scene.borrow("a");
    scene.borrow("a").end();
    scene.work();
    assertTrue(scene.pool.operations().closeTenant("a"));
    scene.work();
    assertEquals(1, scene.figures("a").open());
    leased.end();
    scene.work();
    assertEquals(0, scene.figures("a").open());
    assertEquals(2, scene.figures("a").evictions().get(EvictionCause.OPERATOR));
    PooledLease again = scene.borrow("a");
    again.end();
    scene.work();
    assertEquals(1, scene.figures("a").idle(), "it may come back");
    assertFalse(scene.pool.operations().closeTenant("nobody"));
    scene.assertNothingLost();
  }

  @Test
  void evictIdleClosesIdleConnectionsAlone() throws Exception {
    PooledLease leased = scene.borrow("a");
    scene.borrow("b").end();
    assertEquals(0, scene.pool.operations().evictIdle("a"));
    assertEquals(0, scene.pool.operations().evictIdle("nobody"));
    assertEquals(1, scene.pool.operations().evictIdle("b"));
    assertEquals(0, scene.pool.operations().evictIdle());
    scene.work();
    assertEquals(1, scene.figures().open());
    leased.end();
    scene.assertNothingLost();
  }

  @Test
  void countersNeverGoBackAndPeaksDoOnlyWhenAsked() throws Exception {
    PooledLease first = scene.borrow("a");
    PooledLease second = scene.borrow("a");
    PoolScene.Borrower waiting = scene.borrower("a").parked();
    scene.ticker.advanceMillis(7);
    first.end();
    waiting.lease().end();
    second.end();
    scene.assertNothingLost();
    TenantSnapshot tenant = scene.figures("a");
    assertEquals(3, tenant.borrows());
    assertEquals(1, tenant.hits());
    assertEquals(2, tenant.opens());
    assertEquals(2, tenant.peakActive());
    assertEquals(1, tenant.peakWaiting());
    assertEquals(7_000_000, tenant.maxBorrowNanos());
    assertEquals(scene.ticker.epochMillis(), tenant.lastUsedMillis());
    assertEquals(2, scene.figures().peakOpen());
    scene.pool.operations().resetPeaks();
    assertEquals(0, scene.figures("a").peakActive());
    assertEquals(0, scene.figures().peakOpen());
    assertEquals(0, scene.figures().maxBorrowNanos());
    assertEquals(3, scene.figures().borrows());
  }
}
