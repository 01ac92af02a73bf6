package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Promise 6: who gets something by time alone looks when that time has come. */
class LookoutTest {

  /** Red when only tenants that have connections already look: nobody else would tell it. */
  @Test
  void whoHasNothingLooksWhenTheLastConnectionWasLeftToOthersForLongEnough() {
    LedgerScene scene = new LedgerScene(TestLimits.elastic(3, 3));
    Thread nesting = new Thread();
    Slot outer = scene.lease("a@pool", nesting);
    Slot inner = scene.lease("a@pool", nesting);
    scene.giveBack(inner);
    scene.giveBack(outer);
    scene.ledger.retirement().evictIdle();
    scene.clean();
    scene.lease("b@pool");
    scene.lease("c@pool");
    Waiter waiter = scene.enqueue("d@pool");
    assertNull(waiter.granted());
    assertTrue(waiter.looks());
    assertTrue(waiter.looksAt() - waiter.since() <= LastLease.DELAY_NANOS);
    scene.now = waiter.looksAt();
    scene.ledger.queueing().look(waiter, scene.now);
    assertNotNull(waiter.granted());
  }

  /** Its tenant is at its cap, and so has no candidate in the server's line. */
  @Test
  void whoLooksForItsTenantLeavesThatToTheNextOne() {
    LedgerScene scene = new LedgerScene(TestLimits.of(500, 0, 1));
    scene.idle("a/x");
    scene.ledger.gate().sessionLost();
    for (int i = 0; scene.ledger.gate().serverWaitNanos() == 0; i++) {
      assertNotNull(scene.take("b" + i));
    }
    Waiter first = scene.enqueue("a/y");
    Waiter second = scene.enqueue("a/y");
    assertTrue(first.looks());
    scene.ledger.queueing().abandon(first, scene.now);
    assertTrue(second.looks());
  }
}
