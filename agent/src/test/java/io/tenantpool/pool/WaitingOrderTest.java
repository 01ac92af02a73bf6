package io.tenantpool.pool;

import static io.tenantpool.pool.LedgerScene.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Promise 6: who gets a connection that becomes free. */
class WaitingOrderTest {

  private final LedgerScene one = new LedgerScene(TestLimits.of(1, 0, 3));

  @Test
  void waitersOfOneTenantAreCalledInTheOrderOfTheirComing() {
    Slot slot = one.lease("a");
    Waiter first = one.enqueue("a");
    Waiter second = one.enqueue("a");
    one.giveBack(slot);
    assertTrue(first.isSignalled());
    assertFalse(second.isSignalled());
    assertSame(slot, one.ledger.queueing().retry(first, one.now));
    one.lend(slot, first.thread());
    one.giveBack(slot);
    assertTrue(second.isSignalled());
  }

  @Test
  void tenantsAreServedInTheOrderOfTheirFirstWaiter() {
    Slot slot = one.lease("a");
    Waiter b = one.enqueue("b");
    Waiter c = one.enqueue("c");
    Waiter laterB = one.enqueue("b");
    one.giveBack(slot);
    Slot forB = one.lend(one.granted(b), b.thread());
    assertNull(c.granted());
    one.now += 100 * MS;
    one.giveBack(forB);
    one.lend(one.granted(c), c.thread());
    assertNull(laterB.granted());
  }

  @Test
  void aNewcomerOvertakesItsOwnTenantsWaitersWhileNobodyElseWaits() {
    Slot slot = one.lease("a");
    Waiter waiter = one.enqueue("a");
    one.giveBack(slot);
    assertSame(slot, one.take("a"));
    assertNull(one.ledger.queueing().retry(waiter, one.now), "somebody was faster");
    one.lend(slot, new Thread());
    one.giveBack(slot);
    assertTrue(waiter.isSignalled(), "it kept its place");
  }

  @Test
  void nobodyOvertakesWhileAnotherTenantIsEligible() {
    Slot slot = one.lease("a");
    Waiter own = one.enqueue("a");
    one.enqueue("b");
    one.giveBack(slot);
    assertSame(slot, own.granted(), "within the quantum, by hand");
    assertNull(one.take("a"));
  }

  @Test
  void aWaiterOlderThanTheQuantumIsNotOvertakenAnyMore() {
    Slot slot = one.lease("a");
    Waiter waiter = one.enqueue("a");
    long quantum = one.ledger.connectCost().quantumNanos();
    one.now += quantum - 1 - MS;
    one.giveBack(slot);
    assertTrue(waiter.isSignalled());
    one.now = waiter.since() + quantum;
    assertNull(one.take("a"), "the signal stands, and nobody may take its connection");
    assertSame(slot, one.ledger.queueing().retry(waiter, one.now));
  }

  @Test
  void aWaiterOlderThanTheQuantumGetsTheConnectionByHand() {
    Slot slot = one.lease("a");
    Waiter waiter = one.enqueue("a");
    one.now += one.ledger.connectCost().quantumNanos();
    one.giveBack(slot);
    assertSame(slot, waiter.granted());
  }

  @Test
  void aBusyTenantKeepsAConnectionForTheQuantumAndThenYields() {
    Slot slot = one.lease("a");
    Waiter firstOwn = one.enqueue("a");
    Waiter secondOwn = one.enqueue("a");
    Waiter other = one.enqueue("b");
    long quantum = one.ledger.connectCost().quantumNanos();
    one.now = slot.openedAt() + quantum - 2;
    one.giveBack(slot);
    assertSame(slot, firstOwn.granted());
    one.lend(slot, firstOwn.thread());
    one.giveBack(slot);
    assertNull(secondOwn.granted());
    assertSame(slot, one.granted(other).victim());
    assertEquals(EvictionCause.CAPACITY, slot.fate());
  }

  @Test
  void aTenantWithoutWaitersOfItsOwnYieldsAtOnce() {
    Slot slot = one.lease("a");
    Waiter other = one.enqueue("b");
    one.giveBack(slot);
    assertSame(slot, one.granted(other).victim());
  }

  @Test
  void theQuantumIsTenConnectsWithinItsBounds() {
    ConnectCost cost = new ConnectCost();
    assertEquals(30 * MS, cost.quantumNanos());
    for (int i = 0; i < 100; i++) {
      cost.measured(4 * MS);
    }
    assertEquals(40.0, cost.quantumNanos() / (double) MS, 0.1);
    for (int i = 0; i < 100; i++) {
      cost.measured(100 * MS);
    }
    assertEquals(60 * MS, cost.quantumNanos());
    for (int i = 0; i < 100; i++) {
      cost.measured(MS / 10);
    }
    assertEquals(20 * MS, cost.quantumNanos());
  }

  @Test
  void aWaiterDoesNotWaitForAPromisedConnectionOfAnotherTenantButTakesTheSpareOne() {
    LedgerScene two = new LedgerScene(TestLimits.of(2, 0, 2));
    Slot first = two.lease("a");
    Slot second = two.lease("a");
    Waiter own = two.enqueue("a");
    two.giveBack(first);
    two.giveBack(second);
    assertTrue(own.isSignalled());
    Slot taken = two.take("b");
    assertNotNull(taken, "one of the two is promised to nobody");
    assertNotNull(two.ledger.queueing().retry(own, two.now));
  }

  @Test
  void aBrokenReturnLetsTheNextWaiterHaveAnotherFreeConnection() {
    LedgerScene scene = new LedgerScene(TestLimits.of(4, 0, 1));
    Thread nesting = new Thread();
    Slot outer = scene.lease("a", nesting);
    Slot inner = scene.lease("a", nesting);
    Waiter waiter = scene.enqueue("a");
    scene.giveBack(inner);
    assertFalse(waiter.isSignalled(), "the tenant is at its cap");
    scene.ledger.returned(outer, EvictionCause.BROKEN, scene.now);
    assertTrue(waiter.isSignalled());
    assertSame(inner, scene.ledger.queueing().retry(waiter, scene.now));
  }

  @Test
  void aNewcomerBehindAPatientWaiterOpensWhileThereIsAPermit() {
    LedgerScene scene = new LedgerScene(TestLimits.budget(3));
    scene.giveBack(scene.lease("a"));
    assertNotNull(scene.ledger.book().nextWork(scene.now), "being reset");
    Waiter patient = scene.enqueue("a");
    assertTrue(patient.isPatient());
    assertNull(patient.granted());
    Waiter next = scene.enqueue("a");
    assertEquals(SlotState.OPENING, scene.granted(next).state());
    scene.ledger.queueing().losePatience(patient);
    assertEquals(SlotState.OPENING, scene.granted(patient).state());
  }

  @Test
  void patienceEndsWhenTheAwaitedResetFails() {
    LedgerScene scene = new LedgerScene(TestLimits.budget(3));
    Slot slot = scene.lease("a");
    scene.giveBack(slot);
    scene.ledger.book().nextWork(scene.now);
    Waiter patient = scene.enqueue("a");
    scene.ledger.resetFailed(slot, EvictionCause.RESET);
    assertEquals(SlotState.OPENING, scene.granted(patient).state());
  }

  @Test
  void aSignalledWaiterWhoseConnectionHasAnotherKeyReplacesIt() {
    LedgerScene scene = new LedgerScene(TestLimits.of(3, 0, 1));
    Slot slot = scene.lease("a/x");
    Waiter other = scene.enqueue("a/y");
    scene.giveBack(slot);
    assertSame(slot, scene.granted(other).victim());
    assertEquals(EvictionCause.OTHER_KEY, slot.fate());
  }
}
