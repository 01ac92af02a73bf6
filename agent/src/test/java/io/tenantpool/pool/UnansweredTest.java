package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connects that nobody answers never keep others from all permits. */
class UnansweredTest {

  private static final long MS = LedgerScene.MS;

  private final LedgerScene scene = new LedgerScene(TestLimits.budget(4));
  private final Unanswered unanswered = scene.ledger.connects().unanswered();

  private Slot opening(String tenant) {
    Slot slot = scene.take(tenant);
    assertNotNull(slot);
    assertEquals(SlotState.OPENING, slot.state());
    return slot;
  }

  private List<Slot> opening(String... tenants) {
    List<Slot> slots = new ArrayList<>();
    for (String tenant : tenants) {
      slots.add(opening(tenant));
    }
    return slots;
  }

  private boolean mustYield(Slot slot, long millis) {
    return unanswered.mustYield(slot, millis * MS, scene.now);
  }

  private void givesWay(Slot slot) {
    scene.ledger.connects().yielded(slot, scene.now);
  }

  /** Whose waiter has waited for longer than a quantum. */
  private Waiter starved(String tenant) {
    Waiter waiter = scene.enqueue(tenant);
    scene.now += 100 * MS;
    return waiter;
  }

  @Test
  void aTenantThatNobodyKnowsAnythingOfGetsThePermitOfTheLongestUnansweredConnect() {
    List<Slot> slots = opening("a", "b", "c", "d");
    slots.forEach(slot -> assertFalse(mustYield(slot, 1001), "nobody waits"));
    Waiter well = starved("well");
    assertTrue(mustYield(slots.get(0), 1001));
    givesWay(slots.get(0));
    assertSame(scene.tenant("well"), scene.granted(well).tenant());
    assertEquals(4, scene.ledger.book().budget().used());
  }

  @Test
  void aConnectIsNotUnansweredBeforeTheServersPatienceIsOver() {
    Slot slot = opening("a");
    mustYield(slot, 999);
    assertFalse(slot.tenant().isUnanswered(), "nobody knows yet what a connect costs here");
    scene.ledger.connectCost().measured(3 * MS);
    mustYield(slot, 249);
    assertFalse(slot.tenant().isUnanswered());
    mustYield(slot, 250);
    assertTrue(slot.tenant().isUnanswered());
  }

  @Test
  void whereConnectsAreSlowItIsPatientForTenOfThem() {
    Slot slot = opening("a");
    scene.ledger.connectCost().measured(3 * MS + 8 * 97 * MS);
    mustYield(slot, 999);
    assertFalse(slot.tenant().isUnanswered());
    mustYield(slot, 1000);
    assertTrue(slot.tenant().isUnanswered());
  }

  @Test
  void noMoreOfThemEndThanThereAreTenantsThatAreStarved() {
    List<Slot> slots = opening("a", "b", "c", "d");
    for (Slot slot : slots) {
      assertFalse(mustYield(slot, 1001), "nobody waits");
    }
    starved("well");
    assertTrue(mustYield(slots.get(0), 1001));
    assertFalse(mustYield(slots.get(0), 1001), "once");
    assertFalse(mustYield(slots.get(1), 1001), "one is enough");
    starved("fine");
    assertFalse(mustYield(slots.get(2), 1001), "not the longest of them");
    assertTrue(mustYield(slots.get(1), 1001));
  }

  @Test
  void whoHasOnlyBegunToWaitIsNotStarved() {
    List<Slot> slots = opening("a", "b", "c", "d");
    slots.forEach(slot -> mustYield(slot, 1001));
    scene.enqueue("well");
    assertFalse(mustYield(slots.get(0), 1001));
  }

  @Test
  void nobodyEndsForATenantThatIsNotAnsweredEither() {
    List<Slot> slots = opening("a", "b", "c", "d");
    for (Slot slot : slots) {
      assertFalse(mustYield(slot, 1001));
    }
    starved("a");
    assertFalse(mustYield(slots.get(0), 1001));
  }

  @Test
  void theyTakeHalfOfTheBudgetTogetherAndEachTenantConnectsOnce() {
    Slot first = opening("a");
    mustYield(first, 1001);
    assertNull(scene.take("a"), "one at a time");
    Slot second = opening("b");
    mustYield(second, 1001);
    Waiter again = scene.enqueue("a");
    Slot third = opening("c");
    mustYield(third, 1001);
    scene.ledger.connects().outOfTime(first, scene.now);
    assertNull(again.granted(), "half of the budget is taken");
    scene.ledger.connects().outOfTime(second, scene.now);
    assertSame(scene.tenant("a"), scene.granted(again).tenant());
  }

  @Test
  void nobodyWaitsBehindWaitersWhoseTenantsAreNotAnswered() {
    Slot first = opening("a");
    mustYield(first, 1001);
    Waiter held = scene.enqueue("a");
    Slot well = opening("well");
    assertNull(held.granted());
    assertNotNull(well);
    List<Slot> rest = opening("x", "y");
    Waiter behind = scene.enqueue("z");
    scene.ledger.connects().failed(rest.get(0), new SQLException("no", "28P01"), scene.now);
    assertSame(scene.tenant("z"), scene.granted(behind).tenant());
    assertNull(held.granted());
  }

  @Test
  void anAnswerOfAnyKindMakesATenantOneLikeTheOthers() {
    for (String state : List.of("28P01", "3D000", "57P03")) {
      Slot slot = opening("a");
      mustYield(slot, 1001);
      assertTrue(slot.tenant().isUnanswered());
      scene.ledger.connects().failed(slot, new SQLException("no", state), scene.now);
      assertFalse(slot.tenant().isUnanswered(), state);
    }
    Slot slot = opening("a");
    mustYield(slot, 1001);
    Waiter waiter = scene.enqueue("a");
    scene.lend(slot, new Thread());
    assertFalse(slot.tenant().isUnanswered());
    assertEquals(SlotState.OPENING, scene.granted(waiter).state());
  }

  @Test
  void itIsKnownOfATenantWithoutConnectionsForAWhileAndForgottenThen() {
    Slot slot = opening("a");
    mustYield(slot, 1001);
    scene.ledger.connects().failed(slot, new SQLException("timed out", "08001"), scene.now);
    assertTrue(scene.tenant("a").isUnanswered());
    scene.now += 59_999 * MS;
    unanswered.tidyUp(scene.ledger.tenants(), scene.now);
    assertTrue(scene.tenant("a").isUnanswered());
    scene.now += MS;
    unanswered.tidyUp(scene.ledger.tenants(), scene.now);
    assertNull(scene.ledger.tenants().find("a"), "it leaves no trace");
  }

  @Test
  void theCountsAreRightWhateverHappens() {
    List<Slot> slots = opening("a", "a", "b", "b");
    slots.forEach(slot -> mustYield(slot, 1001));
    assertEquals(4, scene.ledger.book().counters().connecting);
    assertEquals(4, unanswered.count());
    slots.forEach(slot -> scene.ledger.connects().outOfTime(slot, scene.now));
    assertEquals(0, scene.ledger.book().counters().connecting);
    assertEquals(0, unanswered.count());
    Slot first = opening("a");
    Slot second = opening("b");
    assertNull(scene.take("a"));
    scene.ledger.connects().outOfTime(first, scene.now);
    scene.ledger.connects().outOfTime(second, scene.now);
    assertEquals(0, scene.ledger.book().budget().used());
  }
}
