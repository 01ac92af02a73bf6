package io.tenantpool.pool;

import static io.tenantpool.pool.LedgerScene.physical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.EvictionOrder;
import io.tenantpool.config.LendingOrder;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Promise 3 where application pools share a tenant's connections: a session stays as it is for the
 * pool that used it, and for nobody else; and a kept session is free like any other.
 */
class KeptSessionTest {

  private final LedgerScene scene = new LedgerScene(TestLimits.of(3, 0, 3));

  @Test
  void aSessionIsKeptForThePoolThatUsedItAndIsNoWorkForTheWorker() {
    Slot slot = kept("a@one");
    assertFalse(scene.ledger.book().hasWork());
    assertSame(slot, scene.take("a@one"));
    assertEquals(SlotState.TAKEN, slot.state());
    scene.lend(slot, new Thread(), scene.origin("@one"));
    scene.giveBack(slot);
    assertSame(scene.origin("@one"), slot.keptFor());
  }

  @Test
  void anotherPoolGetsItAfterAResetAndThenItIsKeptForThatPool() {
    Slot slot = kept("a@one");
    assertSame(slot, scene.take("a@two"));
    assertEquals(SlotState.RESETTING, slot.state());
    scene.lend(slot, new Thread(), scene.origin("@two"));
    scene.giveBack(slot);
    assertSame(scene.origin("@two"), slot.keptFor());
  }

  @Test
  void theApplicationItselfGetsItAfterAResetAndThenItIsDirty() {
    Slot slot = kept("a@one");
    assertSame(slot, scene.take("a"));
    assertEquals(SlotState.RESETTING, slot.state());
    scene.lend(slot, new Thread());
    scene.giveBack(slot);
    assertEquals(SlotState.DIRTY, slot.state());
    assertNull(slot.keptFor());
  }

  @Test
  void aSessionThatAnApplicationRemembersGoesWhenThereIsNoOtherVictim() {
    Slot remembered = rememberedSession("a@one");
    Slot other = kept("b@one");
    scene.lease("c");
    scene.lease("d");
    assertEquals(SlotState.CLOSED, other.state());
    assertEquals(SlotState.IDLE, remembered.state());
    scene.lease("e");
    assertEquals(SlotState.CLOSED, remembered.state());
  }

  @Test
  void anotherPoolOfTheTenantLeavesARememberedSessionAloneWhileAPermitIsFree() {
    Slot remembered = rememberedSession("a@one");
    Slot opened = scene.lease("a@two");
    assertNotSame(remembered, opened);
    assertEquals(SlotState.IDLE, remembered.state());
    scene.lease("b");
    assertSame(remembered, scene.take("a@two"), "no permit is free any more");
    assertEquals(SlotState.RESETTING, remembered.state());
  }

  private Slot rememberedSession(String who) {
    Slot slot = scene.lease(who);
    physical(slot).remembered = true;
    scene.giveBack(slot);
    assertTrue(slot.isRemembered());
    return slot;
  }

  @Test
  void aSlotRefusesToBeTakenByAnotherOriginWithoutAReset() {
    Slot slot = kept("a@one");
    assertThrows(IllegalStateException.class, () -> slot.taken(scene.origin("@two")));
    assertThrows(IllegalStateException.class, () -> slot.taken(null));
    assertThrows(IllegalStateException.class, () -> slot.validating(null));
    assertEquals(SlotState.IDLE, slot.state());
  }

  @Test
  void aCleanSessionCannotBeResetAgain() {
    Slot slot = scene.idle("a");
    assertThrows(IllegalStateException.class, () -> slot.resetting(scene.now));
  }

  @Test
  void aPoolPrefersItsOwnSessionThenACleanOneThenADirtyOneThenTheOneKeptForLongest() {
    LedgerScene five = new LedgerScene(TestLimits.of(5, 0, 5));
    Slot clean = five.lease("a");
    Slot own = five.lease("a@one");
    Slot dirty = five.lease("a");
    Slot longest = five.lease("a@two");
    Slot foreign = five.lease("a@two");
    five.giveBack(clean);
    five.clean();
    for (Slot slot : new Slot[] {own, dirty, longest, foreign}) {
      five.giveBack(slot);
    }
    for (Slot expected : new Slot[] {own, clean, dirty, longest, foreign}) {
      assertSame(expected, five.lease("a@one"));
    }
  }

  @Test
  void inTurnTheOneReturnedFirstOfThoseThatSuitAlikeIsLentFirst() {
    LedgerScene three =
        new LedgerScene(
            TestLimits.ordered(TestLimits.of(3, 0, 3), EvictionOrder.LRU, LendingOrder.FIFO));
    Slot first = three.lease("a@one");
    Slot second = three.lease("a@one");
    Slot foreign = three.lease("a@two");
    for (Slot slot : new Slot[] {foreign, first, second}) {
      three.giveBack(slot);
    }
    for (Slot expected : new Slot[] {first, second, foreign}) {
      assertSame(expected, three.lease("a@one"));
    }
  }

  @Test
  void theApplicationItselfPrefersACleanSessionToOneThatIsKept() {
    Slot keptOne = scene.lease("a@one");
    Slot clean = scene.idle("a");
    scene.giveBack(keptOne);
    assertSame(clean, scene.lease("a"));
  }

  @Test
  void aKeptSessionOfTheLeastRecentlyUsedTenantIsTheVictim() {
    LedgerScene two = new LedgerScene(TestLimits.budget(2));
    Slot kept = two.lease("a@one");
    two.giveBack(kept);
    Slot clean = two.idle("b");
    two.lease("c@one");
    assertEquals(SlotState.CLOSED, kept.state());
    assertEquals(SlotState.IDLE, clean.state());
  }

  @Test
  void aKeptSessionExpiresLikeACleanOne() {
    Slot idle = kept("a@one");
    scene.now = idle.freeSince() + TestLimits.budget(1).maxIdle().toNanos();
    assertEquals(1, scene.ledger.retirement().expire(scene.now));
    assertEquals(EvictionCause.IDLE, idle.fate());
    Slot old = scene.lease("b@one");
    scene.now += TestLimits.budget(1).maxLifetime().toNanos();
    scene.giveBack(old);
    assertEquals(EvictionCause.LIFETIME, old.fate());
  }

  @Test
  void aTenantAtItsCapMakesAnotherPoolsSessionCleanRatherThanWait() {
    LedgerScene one = new LedgerScene(TestLimits.of(3, 0, 1));
    Slot slot = one.lease("a@one");
    one.giveBack(slot);
    assertSame(slot, one.lease("a@two"));
    assertNull(one.take("a@one"), "the cap holds for all pools of the tenant together");
  }

  @Test
  void aBrokenSessionIsNotKept() {
    Slot slot = scene.lease("a@one");
    assertTrue(scene.ledger.returned(slot, EvictionCause.BROKEN, scene.now), "work to do");
    assertEquals(SlotState.DOOMED, slot.state());
    Slot next = scene.take("a@one");
    assertNotNull(next);
    assertEquals(SlotState.OPENING, next.state());
  }

  @Test
  void aWaiterIsSignalledOfASessionKeptForAnotherPoolAndMakesItClean() {
    LedgerScene one = new LedgerScene(TestLimits.of(1, 0, 3));
    Slot slot = one.lease("a@one");
    Waiter other = one.enqueue("a@two");
    Waiter direct = one.enqueue("a");
    one.giveBack(slot);
    assertTrue(other.isSignalled());
    assertSame(slot, one.ledger.queueing().retry(other, one.now));
    assertEquals(SlotState.RESETTING, slot.state());
    one.lend(slot, other);
    one.giveBack(slot);
    assertSame(slot, one.ledger.queueing().retry(direct, one.now));
    assertEquals(SlotState.RESETTING, slot.state());
  }

  @Test
  void aWaiterOfTheSamePoolGetsItAsItIsByHandToo() {
    LedgerScene one = new LedgerScene(TestLimits.of(1, 0, 3));
    Slot slot = one.lease("a@one");
    Waiter own = one.enqueue("a@one");
    Waiter foreign = one.enqueue("a@two");
    Waiter other = one.enqueue("b");
    one.giveBack(slot);
    assertSame(slot, own.granted());
    assertEquals(SlotState.TAKEN, slot.state());
    one.lend(slot, own);
    one.giveBack(slot);
    assertSame(slot, foreign.granted());
    assertEquals(SlotState.RESETTING, slot.state(), "by hand, and not as it is");
    one.lend(slot, foreign);
    one.giveBack(slot);
    assertSame(slot, one.granted(other).victim());
  }

  @Test
  void aPatientWaiterTakesASessionOfAnotherPoolThatComesBackFirst() {
    Slot kept = scene.lease("a@one");
    Slot dirty = scene.lease("a");
    scene.giveBack(dirty);
    assertSame(dirty, scene.ledger.book().nextWork(scene.now));
    Waiter patient = scene.enqueue("a@two");
    assertTrue(patient.isPatient());
    scene.giveBack(kept);
    assertSame(kept, scene.ledger.queueing().retry(patient, scene.now));
    assertEquals(SlotState.RESETTING, kept.state());
  }

  @Test
  void aNestedBorrowerTakesASessionOfAnotherPoolThoughItsTenantIsAtItsCap() {
    LedgerScene two = new LedgerScene(TestLimits.of(2, 0, 1));
    Thread thread = new Thread();
    two.lease("a@one", thread);
    Slot inner = two.lease("a@one", thread);
    two.giveBack(inner);
    assertSame(inner, two.take("a@two", thread));
    assertEquals(SlotState.RESETTING, inner.state());
  }

  @Test
  void theWorkerPassesOverAKeptSessionThatItsQueueStillHolds() {
    Slot slot = scene.lease("a");
    scene.giveBack(slot);
    assertSame(slot, scene.lease("a@one"), "made clean by the borrower");
    scene.giveBack(slot);
    assertTrue(scene.ledger.book().hasWork(), "the queue still holds it");
    assertNull(scene.ledger.book().nextWork(scene.now));
    assertTrue(physical(slot).dirty);
    assertEquals(SlotState.IDLE, slot.state());
  }

  @Test
  void aRefusedBorrowerTakesASessionOfAnotherPoolAfterAReset() {
    Slot kept = scene.lease("a@one");
    Slot opening = scene.take("a@two");
    assertNotNull(opening);
    scene.giveBack(kept);
    assertSame(kept, scene.ledger.connects().refused(opening, scene.origin("@two"), scene.now));
    assertEquals(SlotState.RESETTING, kept.state());
  }

  @Test
  void keptSessionsGoWithTheirTenantAndAtTheEnd() {
    Slot first = kept("a@one");
    scene.ledger.retirement().evictIdle(first.tenant());
    assertEquals(EvictionCause.OPERATOR, first.fate());
    Slot second = kept("a@one");
    Slot leased = scene.lease("b@one");
    scene.ledger.retirement().close();
    assertEquals(EvictionCause.SHUTDOWN, second.fate());
    scene.giveBack(leased);
    assertEquals(EvictionCause.SHUTDOWN, leased.fate());
    scene.clean();
    assertEquals(0, scene.ledger.book().budget().used());
  }

  @Test
  void aPoolThatIsGoneTakesItsSessionsAlong() {
    Slot first = scene.lease("a@one");
    Slot leased = scene.lease("a@two");
    scene.giveBack(first);
    scene.giveBack(leased);
    assertEquals(
        1,
        scene
            .ledger
            .retirement()
            .evictKept(
                first.tenant(), Objects.requireNonNull(scene.origin("@one")), Long.MAX_VALUE));
    assertEquals(EvictionCause.ABANDONED, first.fate());
    assertEquals(SlotState.IDLE, leased.state());
    assertEquals(
        0,
        scene
            .ledger
            .retirement()
            .evictKept(
                first.tenant(), Objects.requireNonNull(scene.origin("@one")), Long.MAX_VALUE));
  }

  /** A session that its application pool has just given back. */
  private Slot kept(String who) {
    Slot slot = scene.lease(who);
    scene.giveBack(slot);
    assertEquals(SlotState.IDLE, slot.state());
    return slot;
  }
}
