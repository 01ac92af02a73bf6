package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.routing.PoolKey;
import io.tenantpool.routing.TestRoutes;
import java.util.SplittableRandom;
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

  /** A tenant at its cap has no candidate in the server's line, to whom it could be left. */
  @Test
  void whoLooksForItsTenantLeavesThatToTheNextOne() {
    ConnectCost cost = new ConnectCost();
    WaitingLine line = new WaitingLine(cost, SharingPolicy.CHOSEN);
    Outbox outbox = new Outbox();
    ConnectGate gate =
        new ConnectGate(
            new ConnectPlaces(cost, 2),
            new ReplacementPlaces(0),
            true,
            new SplittableRandom(1),
            outbox);
    Lookout lookout = new Lookout(gate, line, outbox);
    TenantPool tenant = new TenantPool("a", false, TenantShare.hard(1), new Exemption(() -> 1));
    PoolKey key = TestRoutes.route("a").key();
    tenant.add(new Slot(1, tenant, key, new ProvenLogins(key.account()), null));
    Waiter first = waiter(tenant, 1);
    Waiter second = waiter(tenant, 2);
    line.add(first, 1);
    line.add(second, 2);
    assertNull(line.first());
    lookout.looksAt(first, 99);
    line.remove(first, true);
    lookout.left(first);
    assertTrue(second.looks());
    assertEquals(99, second.looksAt());
  }

  private static Waiter waiter(TenantPool tenant, long order) {
    PoolKey key = TestRoutes.route("a").key();
    return new Waiter(tenant, key, null, new Thread(), Held.NONE, false, order, order);
  }
}
