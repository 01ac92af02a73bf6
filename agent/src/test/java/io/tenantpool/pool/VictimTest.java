package io.tenantpool.pool;

import static io.tenantpool.pool.LedgerScene.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.EvictionOrder;
import io.tenantpool.config.LendingOrder;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Promises 4 and 5: whose connection goes, and the caps that decide when. */
class VictimTest {

  @Test
  void theVictimIsOfTheTenantWhoseLastReturnIsLongestAgo() {
    LedgerScene scene = new LedgerScene(TestLimits.budget(3));
    Slot a = scene.lease("a");
    Slot b = scene.lease("b");
    Slot c = scene.lease("c");
    scene.giveBack(b);
    scene.giveBack(a);
    scene.giveBack(c);
    scene.clean();
    scene.lease("d");
    assertEquals(SlotState.CLOSED, b.state());
    scene.lease("e");
    assertEquals(SlotState.CLOSED, a.state());
    assertEquals(SlotState.IDLE, c.state());
  }

  @Test
  void aSecondConnectionThatNobodyUsesGoesBeforeAnothersOnlyOne() {
    LedgerScene scene = new LedgerScene(TestLimits.budget(4));
    Slot second = scene.lease("a");
    Slot first = scene.lease("a");
    scene.giveBack(second);
    scene.clean();
    Slot only = scene.idle("b");
    // The tenant is in use all the time, and has returned a connection last of all.
    scene.giveBack(first);
    scene.clean();
    scene.lease("c");
    scene.lease("d");
    assertEquals(SlotState.CLOSED, second.state());
    assertEquals(SlotState.IDLE, only.state());
    scene.lease("e");
    assertEquals(SlotState.CLOSED, only.state());
    assertEquals(SlotState.IDLE, first.state());
  }

  /** One tenant asks often, and many others once in a while: frequency has proven better. */
  private static LedgerScene byFrequency(int budget) {
    LedgerScene scene =
        new LedgerScene(
            TestLimits.ordered(
                TestLimits.of(budget, 0, 3), EvictionOrder.FREQUENCY, LendingOrder.LIFO));
    for (int i = 0; i < 300; i++) {
      scene.idle(i % (budget + 2) == 0 ? "often" : "t" + i % 83);
    }
    assertTrue(scene.ledger.book().victims().isInFrequency());
    return scene;
  }

  /** A step that ended in the middle of a list is no reason to refuse anybody for ever. */
  @Test
  void whatIsLeftOfAListIsMendedWithAllElse() {
    LedgerScene scene = byFrequency(3);
    scene.tenant("often").inRecent = 99;
    scene.tenant("t1").inFrequent = 98;
    scene.ledger.abandonment().repair(scene.now);
    for (int i = 0; i < 20; i++) {
      scene.idle("often");
      scene.idle("t" + i);
    }
  }

  @Test
  void anotherLimitIsNoReasonToForgetWhichOrderIsBetter() {
    LedgerScene scene = byFrequency(3);
    PoolLimits other = TestLimits.of(3, 0, 2);
    scene.ledger.change(
        TestLimits.ordered(other, EvictionOrder.FREQUENCY, LendingOrder.LIFO), scene.now);
    assertTrue(scene.ledger.book().victims().isInFrequency());
  }

  @Test
  void byFrequencyTheVictimIsOfTheTenantThatAsksLeastOften() {
    LedgerScene scene = byFrequency(3);
    Slot often = scene.idle("often");
    scene.idle("t1");
    scene.idle("t2");
    scene.idle("t3");
    scene.idle("t4");
    assertEquals(SlotState.IDLE, often.state());
  }

  @Test
  void byFrequencyTooASecondConnectionThatNobodyUsesGoesBeforeAnothersOnlyOne() {
    LedgerScene scene = byFrequency(4);
    scene.ledger.retirement().evictIdle();
    scene.clean();
    Slot second = scene.lease("often");
    Slot first = scene.lease("often");
    scene.giveBack(second);
    scene.giveBack(first);
    scene.clean();
    Slot only = scene.idle("x1");
    scene.idle("x2");
    scene.idle("x3");
    assertEquals(SlotState.CLOSED, second.state());
    assertEquals(SlotState.IDLE, only.state());
    scene.idle("x4");
    assertEquals(SlotState.CLOSED, only.state());
    assertEquals(SlotState.IDLE, first.state());
  }

  @Test
  void ofOtherKeysTheTenantsOwnGoesOnlyIfItHasBeenFreeForLongest() {
    LedgerScene scene = new LedgerScene(TestLimits.budget(2));
    Slot other = scene.idle("b");
    Slot own = scene.idle("a/x");
    scene.lease("a/y");
    assertEquals(SlotState.CLOSED, other.state());
    assertEquals(SlotState.IDLE, own.state());
  }

  @Test
  void aLeasedConnectionIsNeverTheVictim() {
    LedgerScene scene = new LedgerScene(TestLimits.budget(2));
    Slot leased = scene.lease("a");
    Slot idle = scene.idle("b");
    scene.lease("c");
    assertEquals(SlotState.CLOSED, idle.state());
    assertNull(scene.take("d"), "both are leased");
    assertEquals(SlotState.ACTIVE, leased.state());
  }

  @Test
  void aTenantAtItsCapReplacesItsOwnConnectionOfAnotherKey() {
    LedgerScene scene = new LedgerScene(TestLimits.of(5, 0, 1));
    Slot old = scene.idle("a/x");
    Slot heir = scene.take("a/y");
    assertNotNull(heir);
    assertSame(old, heir.victim());
    assertEquals(EvictionCause.OTHER_KEY, old.fate());
    assertEquals(1, scene.ledger.book().budget().used());
  }

  @Test
  void aTenantGetsNoMoreThanItsCap() {
    LedgerScene scene = new LedgerScene(TestLimits.of(10, 0, 2));
    scene.lease("a");
    scene.lease("a");
    assertNull(scene.take("a"));
    assertNotNull(scene.take("b"));
  }

  @Test
  void aThreadThatHoldsALeaseGoesOverTheTenantsCapButNotOverTheBudget() {
    LedgerScene scene = new LedgerScene(TestLimits.of(2, 0, 1));
    Thread thread = new Thread();
    scene.lease("a", thread);
    assertNull(scene.take("a"), "another thread waits");
    scene.lease("a", thread);
    assertNull(scene.take("a", thread), "the budget is hard");
    assertEquals(2, scene.ledger.book().budget().used());
  }

  @Test
  void aNestedWaiterIsServedThoughItsTenantIsAtItsCap() {
    LedgerScene scene = new LedgerScene(TestLimits.of(2, 0, 1));
    Thread thread = new Thread();
    scene.lease("a", thread);
    Slot b = scene.lease("b");
    TenantPool a = scene.ledger.tenants().named("a", false, scene.now);
    Slot held = a.slots().get(0);
    assertNull(scene.take("a", thread));
    Waiter nested =
        scene.ledger.queueing().enqueue(a, held.key(), null, thread, scene.now, scene.now);
    Waiter behind = scene.enqueue("a");
    scene.giveBack(b);
    assertSame(b, scene.granted(nested).victim());
    assertNull(behind.granted());
  }

  @Test
  void theReserveIsForSystemTenantsAlone() {
    LedgerScene scene = new LedgerScene(TestLimits.of(3, 1, 3));
    Slot a = scene.lease("a");
    scene.lease("a");
    assertNull(scene.take("b"), "one is reserved");
    Slot system = scene.lease("sys");
    Waiter ordinary = scene.enqueue("b");
    scene.giveBack(system);
    assertNull(ordinary.granted(), "a connection of the reserve does not pass to it");
    scene.giveBack(a);
    assertSame(a, scene.granted(ordinary).victim());
  }

  @Test
  void aSystemTenantPassesAnOrdinaryOneThatTheReserveHoldsBack() {
    LedgerScene scene = new LedgerScene(TestLimits.of(2, 1, 1));
    scene.lease("a");
    Slot system = scene.lease("sys1");
    Waiter ordinary = scene.enqueue("b");
    Waiter other = scene.enqueue("sys2");
    scene.giveBack(system);
    assertSame(system, scene.granted(other).victim());
    assertNull(ordinary.granted());
  }

  @Test
  void aLoweredBudgetClosesTheLeastRecentlyUsedFirstAndNoMoreThanNeeded() {
    LedgerScene scene = new LedgerScene(TestLimits.of(4, 0, 3));
    Slot leased = scene.lease("a");
    Slot late = scene.lease("b");
    Slot early = scene.lease("c");
    Slot busy = scene.lease("d");
    scene.giveBack(early);
    scene.giveBack(late);
    assertTrue(scene.ledger.neighbours().serverAllows(OptionalInt.of(3)));
    assertEquals(SlotState.DOOMED, early.state());
    assertEquals(SlotState.DIRTY, late.state());
    scene.giveBack(busy);
    assertEquals(SlotState.DIRTY, busy.state(), "the doomed one makes room enough");
    scene.clean();
    assertEquals(3, scene.ledger.book().budget().used());
    assertEquals(SlotState.ACTIVE, leased.state());
    assertEquals(EvictionCause.BUDGET, early.fate());
  }

  @Test
  void whatIsLeasedOverALoweredBudgetIsClosedWhenItComesBack() {
    LedgerScene scene = new LedgerScene(TestLimits.of(3, 0, 3));
    Slot first = scene.lease("a");
    Slot second = scene.lease("b");
    Slot third = scene.lease("c");
    scene.ledger.neighbours().serverAllows(OptionalInt.of(1));
    scene.giveBack(first);
    scene.giveBack(second);
    scene.clean();
    assertEquals(EvictionCause.BUDGET, first.fate());
    assertEquals(EvictionCause.BUDGET, second.fate());
    assertNull(scene.take("d"));
    scene.giveBack(third);
    scene.clean();
    assertEquals(SlotState.IDLE, third.state());
    assertEquals(1, scene.ledger.book().budget().used());
  }

  @Test
  void aLoweredBudgetKeepsTheReserve() {
    LedgerScene scene = new LedgerScene(TestLimits.of(5, 2, 3));
    scene.idle("a");
    Slot b = scene.lease("b");
    Slot c = scene.lease("c");
    scene.ledger.neighbours().serverAllows(OptionalInt.of(4));
    scene.clean();
    assertEquals(2, scene.ledger.book().budget().used(), "ordinary tenants may have four less two");
    assertNotNull(scene.take("sys"));
    assertEquals(SlotState.ACTIVE, b.state());
    assertEquals(SlotState.ACTIVE, c.state());
  }

  @Test
  void everyConnectionLivesBetweenThreeQuartersOfTheMaximumAndTheMaximum() {
    long max = TestLimits.budget(1).maxLifetime().toNanos();
    boolean differ = false;
    long before = -1;
    for (int i = 0; i < 50; i++) {
      LedgerScene scene = new LedgerScene(TestLimits.budget(1));
      Slot slot = scene.idle("a");
      assertTrue(!slot.isExpired(slot.openedAt() + max / 4 * 3 - MS));
      assertTrue(slot.isExpired(slot.openedAt() + max));
      long life = max / 4 * 3;
      while (!slot.isExpired(slot.openedAt() + life)) {
        life += TimeUnit.SECONDS.toNanos(1);
      }
      differ |= before >= 0 && before != life;
      before = life;
    }
    assertTrue(differ, "they do not all die at once");
  }

  @Test
  void aConnectionThatExpiredWhileLeasedIsClosedWhenItComesBack() {
    LedgerScene scene = new LedgerScene(TestLimits.budget(1));
    Slot slot = scene.lease("a");
    scene.now += TestLimits.budget(1).maxLifetime().toNanos();
    scene.ledger.retirement().expire(scene.now);
    assertEquals(SlotState.ACTIVE, slot.state());
    scene.giveBack(slot);
    assertEquals(EvictionCause.LIFETIME, slot.fate());
  }

  /** So that a connection more than is needed is idle until it is closed. */
  @Test
  void ofTwoIdleConnectionsTheLastOneReturnedIsLent() {
    LedgerScene scene = new LedgerScene(TestLimits.budget(2));
    Slot first = scene.lease("a");
    Slot last = scene.lease("a");
    scene.giveBack(first);
    scene.clean();
    scene.giveBack(last);
    scene.clean();
    assertSame(last, scene.lease("a"));
    assertEquals(SlotState.IDLE, first.state());
  }

  @Test
  void whatIsIdleForTooLongIsClosed() {
    LedgerScene scene = new LedgerScene(TestLimits.budget(2));
    Slot slot = scene.idle("a");
    scene.now = slot.freeSince() + TestLimits.budget(2).maxIdle().toNanos() - 1;
    assertEquals(0, scene.ledger.retirement().expire(scene.now));
    assertEquals(1, scene.ledger.retirement().expire(scene.now + 1));
    scene.clean();
    assertEquals(EvictionCause.IDLE, slot.fate());
    assertEquals(0, scene.ledger.book().budget().used());
    assertEquals(1, scene.ledger.book().counters().evictions().get(EvictionCause.IDLE));
  }

  @Test
  void aConnectThatFailedWhileItsTenantWasClosedIsNoEviction() {
    LedgerScene scene = new LedgerScene(TestLimits.budget(2));
    Slot slot = scene.take("a");
    assertNotNull(slot);
    scene.ledger.retirement().closeAll(slot.tenant().slots(), EvictionCause.OPERATOR);
    scene.ledger.connects().failed(slot, new SQLException("refused"), scene.now);
    assertTrue(scene.ledger.book().counters().evictions().isEmpty());
  }
}
