package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.PhysicalConnection;
import org.junit.jupiter.api.Test;

/**
 * A server that falls silent during a reset holds nobody up for longer than five seconds, and costs
 * no permit.
 */
class StuckResetTest {

  private final PoolScene scene = new PoolScene(TestLimits.patient(1));
  private final Gate resetting = new Gate();

  @Test
  void aResetOfTheWorkerThatIsStuckIsAborted() throws Exception {
    StubServer.Physical physical = returnedDirty();
    Thread worker = new Thread(scene::work);
    worker.start();
    resetting.awaitEntered();
    passesFiveSeconds(physical);
    resetting.open();
    worker.join(20_000);
    assertTrue(physical.closed);
    assertEquals(1, scene.figures().evictions().get(EvictionCause.RESET));
    scene.assertNothingLost();
  }

  /** Guards the look at the slot's fate in {@code ServerPool.lendClean}. */
  @Test
  void aBorrowerWhoseOwnResetWasAbortedGetsANewConnection() throws Exception {
    StubServer.Physical physical = returnedDirty();
    PoolScene.Borrower borrower = scene.borrower("a");
    resetting.awaitEntered();
    passesFiveSeconds(physical);
    resetting.open();
    PooledLease lease = borrower.lease();
    assertNotSame((PhysicalConnection) physical, lease.physical());
    assertTrue(physical.closed);
    lease.end();
    scene.server.onReset = () -> {};
    scene.assertNothingLost();
  }

  private StubServer.Physical returnedDirty() throws Exception {
    PooledLease lease = scene.borrow("a");
    scene.server.onReset = resetting;
    lease.end();
    return PoolScene.physical(lease);
  }

  private void passesFiveSeconds(StubServer.Physical physical) {
    scene.ticker.advanceMillis(4_999);
    scene.pool.operations().expire();
    assertFalse(physical.broken, "aborted too soon");
    scene.ticker.advanceMillis(1);
    scene.pool.operations().expire();
    assertTrue(physical.broken, "not aborted");
  }
}
