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
  void theLastOneIsOpenedThoughNobodyWaitsForItForLong() {
    List<Slot> slots = leases("a", 5);
    for (int i = 0; i < 25; i++) {
      assertNull(scene.take("a@pool"), "the last one");
      Waiter sixth = scene.enqueue("a@pool");
      scene.now += DELAY / 25;
      scene.giveBack(slots.remove(0));
      Slot lent = scene.ledger.queueing().retry(sixth, scene.now);
      assertNotNull(lent);
      scene.lend(lent, sixth);
      slots.add(lent);
    }
    assertEquals(5, scene.tenant("a").usable());
    Slot last = scene.take("a@pool");
    assertNotNull(last);
    assertEquals(SlotState.OPENING, last.state());
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
  void whereConnectsAreSlowNobodyWaitsForSecondsBesideWhatIsFree() {
    scene.idle("sleeping@pool");
    leases("busy", 5);
    for (int i = 0; i < 50; i++) {
      scene.ledger.connectCost().measured(100 * MS);
    }
    scene.now += Dispatcher.LONGEST_UNWANTED + MS;
    Waiter waiter = scene.enqueue("busy@pool");
    scene.now += 2 * scene.ledger.connectCost().nanos() - MS;
    scene.ledger.queueing().look(waiter, scene.now);
    assertNull(waiter.granted(), "its own may be back sooner than another one is open");
    assertEquals(
        waiter.since() + 2 * scene.ledger.connectCost().nanos(),
        waiter.looksAt(),
        "it looks as soon as it may have it");
    scene.now += 2 * MS;
    look(scene, waiter);
    assertEquals("sleeping", victim(scene.granted(waiter)));
  }

  @Test
  void whereConnectsAreSlowWhoHasWaitedLongStillLeavesWhatWasWantedJustNow() {
    scene.idle("sleeping@pool");
    leases("busy", 5);
    Slot theirs = scene.lease("sleeping@pool");
    for (int i = 0; i < 50; i++) {
      scene.ledger.connectCost().measured(100 * MS);
    }
    Waiter waiter = scene.enqueue("busy@pool");
    scene.now += 10 * Dispatcher.LONGEST_UNWANTED;
    scene.giveBack(theirs);
    scene.clean();
    assertNull(waiter.granted());
    scene.now += Dispatcher.LONGEST_UNWANTED - MS;
    scene.ledger.queueing().look(waiter, scene.now);
    assertNull(waiter.granted());
    scene.now += MS;
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
  void thatIsToldOnceForEachEpisode() {
    RecordingListener listener = new RecordingListener();
    Thread nesting = new Thread();
    scene.lease("a@pool", nesting);
    leases("b", 4);
    scene.enqueue("b@pool");
    for (int i = 0; i < 3; i++) {
      scene.giveBack(scene.lease("a@pool", nesting));
    }
    scene.tell(listener);
    assertEquals(
        List.of("lastConnectionLent a 1"),
        listener.lines().stream().filter(line -> line.startsWith("last")).toList());
  }

  @Test
  void aThreadThatForgetsToCloseLeavesOneToOthers() {
    scene.idle("careful@pool");
    Thread forgetful = new Thread();
    for (int i = 0; i < 4; i++) {
      scene.lease("a@pool", forgetful);
    }
    scene.now += UNWANTED;
    Waiter fifth = scene.enqueue("a@pool", forgetful);
    scene.now += 10 * DELAY;
    scene.ledger.queueing().look(fifth, scene.now);
    assertNull(fifth.granted());
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

  @Test
  void whoeverHasNoneIsServedThoughOneWhoMayNotBeServedStandsBeforeIt() {
    LedgerScene shares = new LedgerScene(TestLimits.elastic(6, 3));
    List<Slot> others = new ArrayList<>();
    for (String tenant : List.of("a", "a", "c", "c", "d", "d")) {
      others.add(shares.lease(tenant + "@pool"));
    }
    Waiter first = shares.enqueue("a@pool");
    Waiter own = shares.enqueue("c@pool");
    shares.now += 3 * QUANTUM;
    Waiter none = shares.enqueue("b@pool");
    shares.giveBack(others.get(2));
    assertNotNull(none.granted(), "after the quantum");
    assertNull(first.granted());
    assertNull(own.granted());
  }

  @Test
  void minimaOfMoreThanTheBudgetLeaveNobodyWithoutAnything() {
    LedgerScene gold =
        new LedgerScene(TestLimits.elastic(6, 0, 2, TenantLimits.parse("gold-*>=4")));
    List<Slot> leases = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      leases.add(gold.lease("gold-" + i % 3 + "@pool"));
    }
    Waiter plain = gold.enqueue("plain@pool");
    List<Waiter> golden = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      golden.add(gold.enqueue("gold-" + i + "@pool"));
    }
    gold.now += 15 * QUANTUM;
    for (int i = 0; i < 3; i++) {
      golden.add(gold.enqueue("gold-" + i + "@pool"));
    }
    for (int i = 0; i < 4; i++) {
      gold.giveBack(leases.get(i));
      // Only so many connects at once take another tenant's place.
      gold.openAllGrantedTo(golden);
    }
    assertNotNull(plain.granted());
  }

  @Test
  void aPermitThatWasKeptBackGoesToWhoWaitsWhenAnotherIsFree() {
    leases("b", 4);
    Slot other = scene.lease("c@pool");
    Waiter last = scene.enqueue("b@pool");
    assertNull(last.granted(), "the last one, at first");
    scene.giveBack(other);
    assertNotNull(last.granted(), "there are two now");
  }

  @Test
  void aFreeConnectionThatWasKeptBackGoesToWhoWaitsWhenAnotherIsFree() {
    Thread nesting = new Thread();
    Slot other = scene.lease("c@pool");
    scene.lease("b@pool", nesting);
    leases("b", 3);
    Slot last = scene.lease("b@pool", nesting);
    scene.giveBack(last);
    Waiter waiter = scene.enqueue("b@pool");
    assertTrue(!waiter.isSignalled(), "kept for those who may wait for themselves");
    scene.giveBack(other);
    assertTrue(waiter.granted() == last || waiter.isSignalled(), "its own, as it is");
  }

  @Test
  void whoeverIsPoorerAndHasWaitedGetsWhatNobodyWants() {
    LedgerScene shares = new LedgerScene(TestLimits.elastic(4, 3));
    List<Slot> three = new ArrayList<>();
    shares.lease("a@pool");
    for (int i = 0; i < 3; i++) {
      three.add(shares.lease("c@pool"));
    }
    Waiter poorer = shares.enqueue("a@pool");
    shares.now += WAIT + MS;
    shares.giveBack(three.get(0));
    assertNotNull(poorer.granted());
  }

  @Test
  void onceAThreadMayHaveWaitedForItselfTheLastOneIsForSuchThreadsAlone() {
    Thread nesting = new Thread();
    scene.lease("a@pool", nesting);
    scene.giveBack(scene.lease("a@pool", nesting));
    leases("b", 4);
    Waiter first = scene.enqueue("new@pool");
    scene.now += 10 * DELAY;
    scene.ledger.queueing().look(first, scene.now);
    assertNull(first.granted());
    Slot second = scene.take("a@pool", nesting);
    assertNotNull(second);
    scene.lend(second, nesting, scene.origin("a@pool"));
    scene.giveBack(second);
    assertNull(first.granted(), "kept again");
  }

  @Test
  void tenMinutesLaterTheLastOneIsForEverybodyAgain() {
    Thread nesting = new Thread();
    scene.lease("a@pool", nesting);
    scene.giveBack(scene.lease("a@pool", nesting));
    leases("b", 4);
    Waiter waiter = scene.enqueue("new@pool");
    scene.now += LastLease.REMEMBERED_NANOS - MS;
    scene.ledger.tidyUp(scene.now);
    assertNull(waiter.granted());
    scene.now += MS;
    scene.ledger.tidyUp(scene.now);
    assertNotNull(waiter.granted());
  }

  @Test
  void ofThoseWhoMayWaitForThemselvesOneThatCannotBeServedBlocksNobody() {
    LedgerScene limited = new LedgerScene(TestLimits.elastic(7, 0, 3, TenantLimits.parse("a<=1")));
    Thread capped = new Thread();
    Thread one = new Thread();
    Thread other = new Thread();
    limited.lease("a@pool", capped);
    limited.lease("a@pool", capped);
    limited.lease("b@pool", one);
    limited.lease("b@pool", other);
    limited.lease("b@pool");
    limited.lease("b@pool");
    Slot last = limited.lease("b@pool", one);
    Waiter denied = limited.enqueue("a@pool", capped);
    Waiter servable = limited.enqueue("b@pool", other);
    limited.giveBack(last);
    assertTrue(servable.granted() != null || servable.isSignalled());
    assertNull(denied.granted(), "above its cap already");
  }

  @Test
  void aThreadThatHoldsManyAndStandsFirstKeepsNobodyBehindItFromAnything() {
    Thread forgetful = new Thread();
    for (int i = 0; i < 4; i++) {
      scene.lease("b@pool", forgetful);
    }
    Slot other = scene.lease("c@pool");
    Waiter many = scene.enqueue("b@pool", forgetful);
    Waiter plain = scene.enqueue("b@pool");
    scene.giveBack(other);
    assertNull(many.granted());
    assertNotNull(plain.granted());
  }

  @Test
  void aLimitMakesNobodyFirst() {
    LedgerScene limited =
        new LedgerScene(TestLimits.elastic(6, 0, 3, TenantLimits.parse("acme<=3")));
    List<Slot> rich = new ArrayList<>();
    limited.lease("acme@pool");
    limited.lease("acme@pool");
    limited.lease("other@pool");
    for (int i = 0; i < 3; i++) {
      rich.add(limited.lease("rich@pool"));
    }
    limited.enqueue("rich@pool");
    Waiter third = limited.enqueue("acme@pool");
    limited.now += MS;
    Waiter second = limited.enqueue("other@pool");
    limited.now += QUANTUM;
    limited.giveBack(rich.get(0));
    assertNotNull(second.granted());
    assertNull(third.granted());
  }

  @Test
  void whatSystemTenantsUseIsNotThere() {
    LedgerScene reserved = new LedgerScene(TestLimits.elastic(8, 1, 3, TenantLimits.NONE));
    for (int i = 0; i < 3; i++) {
      reserved.lease("sys@pool");
    }
    Thread nesting = new Thread();
    reserved.lease("a@pool", nesting);
    reserved.giveBack(reserved.lease("a@pool", nesting));
    for (int i = 0; i < 3; i++) {
      reserved.lease("b@pool");
    }
    Waiter plain = reserved.enqueue("b@pool");
    assertNull(plain.granted());
    assertNotNull(reserved.take("a@pool", nesting), "the last of five");
  }
}
