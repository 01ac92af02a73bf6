package io.tenantpool.pool;

import static io.tenantpool.pool.LedgerScene.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.TenantLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise 12: who gets what beyond its share, and who has to give it back when. */
class ElasticSharesTest {

  private static final long CONNECT = 3 * MS;
  private static final long QUANTUM = 30 * MS;
  private static final long UNWANTED = SharingPolicy.CHOSEN.unwantedInConnects() * CONNECT;
  private static final long WAIT = SharingPolicy.CHOSEN.waitInConnects() * CONNECT;
  private static final long DELAY = LastLease.DELAY_NANOS;

  private final LedgerScene scene = new LedgerScene(TestLimits.elastic(6, 2));

  private List<Slot> leases(String tenant, int count) {
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      slots.add(scene.lease(tenant + "@pool"));
    }
    return slots;
  }

  /** Its thread looks when it said that it would, at {@code now} at the latest. */
  private static void look(LedgerScene scene, Waiter waiter) {
    assertTrue(waiter.looks(), "nobody looks");
    assertTrue(waiter.looksAt() - scene.now <= 0, "later: " + (waiter.looksAt() - scene.now));
    scene.ledger.queueing().look(waiter, scene.now);
  }

  /** Whose connection it replaces. */
  private static String victim(Slot slot) {
    Slot victim = slot.victim();
    return victim == null ? "nobody" : victim.tenant().name();
  }

  @Test
  void aTenantAloneHasAllTheLastOneAfterAMoment() {
    leases("a", 5);
    Waiter sixth = scene.enqueue("a@pool");
    scene.now += DELAY;
    look(scene, sixth);
    scene.lend(scene.granted(sixth), sixth);
    assertEquals(6, scene.tenant("a").usable());
    assertEquals(4, scene.tenant("a").aboveShare());
  }

  @Test
  void whatIsIdleAboveAShareGoesFirstThoughAnotherHasBeenIdleForLonger() {
    scene.idle("old@pool");
    List<Slot> many = leases("rich", 5);
    scene.giveBack(many.get(0));
    Slot first = scene.take("new@pool");
    assertNotNull(first);
    assertSame(many.get(0), first.victim());
  }

  @Test
  void whatIsLeasedAboveAShareGoesAtTheEndOfTheLeaseWithoutTheQuantum() {
    List<Slot> rich = leases("rich", 5);
    scene.lease("other@pool");
    Waiter own = scene.enqueue("rich@pool");
    Waiter other = scene.enqueue("new@pool");
    scene.now += MS;
    scene.giveBack(rich.get(4));
    assertNull(own.granted());
    assertEquals(SlotState.OPENING, scene.granted(other).state());
  }

  @Test
  void whatIsWithinAShareIsKeptForTheQuantumWhileItsOwnerWaits() {
    leases("rich", 4);
    List<Slot> within = leases("even", 2);
    Waiter own = scene.enqueue("even@pool");
    Waiter other = scene.enqueue("new@pool");
    scene.now += MS;
    scene.giveBack(within.get(0));
    assertNull(other.granted());
    assertNotNull(own.granted());
    scene.now += QUANTUM;
    scene.giveBack(within.get(1));
    assertNotNull(other.granted());
  }

  @Test
  void amongThoseWhoHaveTheirShareWhoeverHasLessGetsMoreUntilTheyAreEven() {
    List<Slot> rich = leases("rich", 4);
    leases("poor", 2);
    Waiter own = scene.enqueue("rich@pool");
    Waiter poor = scene.enqueue("poor@pool");
    scene.now += MS;
    scene.giveBack(rich.get(0));
    assertNull(poor.granted(), "before the quantum");
    scene.ledger.queueing().abandon(own, scene.now);
    Waiter again = scene.enqueue("rich@pool");
    scene.now += QUANTUM;
    scene.giveBack(rich.get(1));
    scene.lend(scene.granted(poor), poor);
    assertEquals(3, scene.tenant("rich").usable());
    Waiter even = scene.enqueue("poor@pool");
    scene.now += 2 * QUANTUM;
    scene.giveBack(rich.get(2));
    assertNull(even.granted(), "they have as many");
    scene.ledger.queueing().abandon(again, scene.now);
  }

  @Test
  void beyondItsShareATenantGetsWhatNobodyHasWantedForSomeTime() {
    scene.idle("sleeping@pool");
    leases("busy", 5);
    Waiter waiter = scene.enqueue("busy@pool");
    assertNull(waiter.granted());
    scene.now += UNWANTED - 2 * MS;
    scene.ledger.queueing().look(waiter, scene.now);
    assertNull(waiter.granted(), "it may still be wanted");
    scene.now += DELAY;
    look(scene, waiter);
    assertEquals("sleeping", victim(scene.granted(waiter)));
  }

  @Test
  void whatNobodyHasWantedGoesThoughAnApplicationRemembersItsSessionWhenThereIsNoOther() {
    Slot remembered = scene.lease("sleeping@pool");
    LedgerScene.physical(remembered).remembered = true;
    scene.giveBack(remembered);
    scene.now += MS;
    Slot plain = scene.idle("asleep@pool");
    leases("busy", 4);
    Waiter waiter = scene.enqueue("busy@pool");
    Waiter next = scene.enqueue("busy@pool");
    scene.now += UNWANTED + DELAY;
    look(scene, waiter);
    assertSame(plain, scene.granted(waiter).victim());
    assertSame(remembered, scene.granted(next).victim());
  }

  @Test
  void beforeASecondConnectionIsTakenFromOthersTheFirstMayComeBack() {
    LedgerScene small = new LedgerScene(TestLimits.elastic(3, 2));
    small.idle("idle@pool");
    Slot only = small.lease("a@pool");
    small.lease("b@pool");
    Waiter second = small.enqueue("a@pool");
    assertNull(second.granted());
    small.giveBack(only);
    assertNotNull(small.ledger.queueing().retry(second, small.now), "its own came back");
    Waiter longer = small.enqueue("a@pool");
    small.now += WAIT + MS;
    look(small, longer);
    assertEquals("idle", victim(small.granted(longer)));
  }

  @Test
  void whoeverHasNoConnectionComesBeforeThoseWhoHaveOne() {
    List<Slot> all = leases("rich", 5);
    scene.lease("some@pool");
    Waiter some = scene.enqueue("some@pool");
    scene.now += MS;
    Waiter none = scene.enqueue("none@pool");
    scene.giveBack(all.get(0));
    assertNotNull(none.granted());
    assertNull(some.granted());
  }

  @Test
  void butNotForEver() {
    List<Slot> all = leases("rich", 5);
    scene.lease("some@pool");
    Waiter some = scene.enqueue("some@pool");
    scene.now += 2 * QUANTUM;
    Waiter none = scene.enqueue("none@pool");
    scene.giveBack(all.get(0));
    assertNotNull(some.granted());
    assertNull(none.granted());
  }

  @Test
  void whatIsGuaranteedComesBeforeEverythingElse() {
    LedgerScene gold =
        new LedgerScene(TestLimits.elastic(6, 0, 2, TenantLimits.parse("gold>=3,big weight=2")));
    List<Slot> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(gold.lease("rich@pool"));
    }
    gold.lease("gold@pool");
    gold.lease("gold@pool");
    Waiter earlier = gold.enqueue("none@pool");
    gold.now += MS;
    Waiter guaranteed = gold.enqueue("gold@pool");
    gold.giveBack(all.get(0));
    assertNotNull(guaranteed.granted(), "its third");
    assertNull(earlier.granted());
    assertEquals(4, gold.tenant("big").share().share());
  }

  @Test
  void aLimitHoldsHoweverMuchIsFree() {
    LedgerScene limited =
        new LedgerScene(TestLimits.elastic(6, 0, 2, TenantLimits.parse("trial-*<=1")));
    limited.lease("trial-1@pool");
    Waiter second = limited.enqueue("trial-1@pool");
    limited.now += 10 * DELAY;
    limited.ledger.queueing().look(second, limited.now);
    assertNull(second.granted());
  }

  @Test
  void theLastOneIsForAThreadThatMayWaitForItself() {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      threads.add(new Thread());
      scene.lease("a@pool", threads.get(i));
    }
    Waiter plain = scene.enqueue("a@pool");
    Slot nested = scene.take("a@pool", threads.get(0));
    assertNotNull(nested, "at once");
    scene.lend(nested, threads.get(0), scene.origin("a@pool"));
    Waiter another = scene.enqueue("a@pool", threads.get(1));
    scene.now += 2 * DELAY;
    scene.giveBack(nested);
    assertTrue(
        another.granted() != null || another.isSignalled(), "the one who may wait for itself");
    assertNull(plain.granted());
  }

  @Test
  void aThreadThatForgetsToCloseLeavesOneToOthers() {
    scene.idle("careful@pool");
    Thread forgetful = new Thread();
    for (int i = 0; i < 4; i++) {
      scene.lease("a@pool", forgetful);
    }
    scene.now += UNWANTED;
    scene.lease("a@pool", forgetful);
    Waiter sixth = scene.enqueue("a@pool", forgetful);
    scene.now += 10 * DELAY;
    scene.ledger.queueing().look(sixth, scene.now);
    assertNull(sixth.granted());
    assertNotNull(scene.take("careful@pool"));
  }

  @Test
  void whenTheCapBecomesHardWhatIsAboveItGoes() {
    List<Slot> slots = leases("a", 5);
    for (Slot slot : slots.subList(0, 3)) {
      scene.giveBack(slot);
    }
    scene.ledger.change(TestLimits.of(6, 0, 2), scene.now);
    assertEquals(2, scene.tenant("a").usable());
    assertEquals(TenantShare.hard(2), scene.tenant("a").share());
  }
}
