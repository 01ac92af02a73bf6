package io.tenantpool.pool;

import static io.tenantpool.pool.LedgerScene.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.TenantLimits;
import io.tenantpool.connection.ThreadPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is said to hold what others wait for in vain, and when nothing is said. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HoldAndWaitTest {

  private static final StackTraceElement SITE =
      new StackTraceElement("com.acme.Fork", "join", "Fork.java", 7);

  private final ManualTicker ticker = new ManualTicker();
  private final List<Thread> looked = new ArrayList<>();
  private boolean isCalling;
  private final HolderPlaces places =
      new HolderPlaces(
          ticker,
          thread -> {
            looked.add(thread);
            return new ThreadPlace(isCalling, false, SITE);
          });

  private static @Nullable HoldAndWait of(LedgerScene scene, Waiter waiter) {
    return HoldAndWait.of(scene.ledger.book(), waiter, scene.now);
  }

  private static List<Thread> hold(LedgerScene scene, String tenant, int count) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread("holder-" + i);
      scene.lease(tenant, thread);
      threads.add(thread);
    }
    return threads;
  }

  @Test
  void theThreadsThatHoldEverythingAreNamedWithWhatEachOfThemHas() {
    LedgerScene scene = new LedgerScene(TestLimits.of(3, 0, 3));
    Thread two = new Thread("two");
    scene.lease("a", two);
    scene.lease("a", two);
    scene.now += MS;
    scene.lease("b", new Thread("one"));
    Waiter waiter = scene.enqueue("c");
    scene.now += 9 * MS;
    HoldAndWait holding = Objects.requireNonNull(of(scene, waiter));
    assertEquals(
        "'two' with 2 of 'a' for 10 ms, which has ended,"
            + " 'one' with 1 of 'b' for 9 ms, which has ended",
        holding.text(places));
    isCalling = true;
    ticker.advanceMillis(1_000);
    assertNull(holding.text(places), "one of them is in a call to the server");
  }

  @Test
  void nothingIsSaidWhenOneWasLentSince() {
    LedgerScene scene = new LedgerScene(TestLimits.of(2, 0, 2));
    hold(scene, "a", 1);
    scene.now += 2 * MS;
    Slot passed = scene.lease("a", new Thread());
    assertNull(of(scene, waiting(scene, passed, scene.now - MS)), "while it waited, one passed");
    assertNotNull(of(scene, waiting(scene, passed, scene.now)));
  }

  private static Waiter waiting(LedgerScene scene, Slot like, long since) {
    TenantPool tenant = scene.tenant("c");
    return scene
        .ledger
        .queueing()
        .enqueue(tenant, like.key(), null, new Thread(), since, scene.now);
  }

  @Test
  void whatIsIdleInTheReserveIsNoReasonToSayNothing() {
    LedgerScene scene = new LedgerScene(TestLimits.of(4, 1, 3));
    scene.idle("sys");
    hold(scene, "a", 3);
    Waiter waiter = scene.enqueue("b");
    scene.now += MS;
    assertNotNull(of(scene, waiter));
  }

  @Test
  void aSystemTenantCouldHaveHadAll() {
    LedgerScene scene = new LedgerScene(TestLimits.of(4, 1, 3));
    scene.lease("sys", new Thread());
    hold(scene, "a", 3);
    Waiter waiter = scene.enqueue("sys2");
    scene.now += MS;
    assertNotNull(of(scene, waiter));
  }

  @Test
  void ofATenantAtItsOwnLimitOnlyItsOwnCount() {
    LedgerScene scene =
        new LedgerScene(TestLimits.elastic(6, 0, 3, TenantLimits.parse("trial<=1")));
    scene.idle("other");
    scene.lease("trial", new Thread());
    Waiter waiter = scene.enqueue("trial");
    scene.now += MS;
    assertNotNull(of(scene, waiter));
  }

  @Test
  void howeverManyWaitInVainFewThreadsAreStoppedInASecond() {
    LedgerScene scene = new LedgerScene(TestLimits.of(40, 0, 40));
    List<Thread> holders = hold(scene, "a", 40);
    List<Waiter> waiters = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      waiters.add(scene.enqueue("b" + i));
    }
    scene.now += MS;
    for (Waiter waiter : waiters) {
      String text = String.valueOf(Objects.requireNonNull(of(scene, waiter)).text(places));
      assertTrue(text.endsWith("and 37 more"), text);
    }
    assertEquals(HolderPlaces.MOST, looked.size());
    assertTrue(holders.containsAll(looked));
    ticker.advanceMillis(1_000);
    assertNotNull(Objects.requireNonNull(of(scene, waiters.get(0))).text(places));
    assertEquals(2 * HolderPlaces.MOST, looked.size());
  }

  @Test
  void ofThreadsThatNobodyHasLookedAtNothingIsSaid() {
    List<Thread> first = List.of(new Thread(), new Thread(), new Thread());
    List<Thread> others = List.of(new Thread(), new Thread(), new Thread());
    assertEquals(3, Objects.requireNonNull(places.of(first)).size());
    assertNull(places.of(others), "only two more within the second");
    assertEquals(3, Objects.requireNonNull(places.of(first)).size(), "they are known");
    ticker.advanceMillis(1_000);
    assertEquals(3, Objects.requireNonNull(places.of(others)).size());
  }

  @Test
  void anInterruptedWaitLooksForNobody() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.patient(1));
    PoolScene.Borrower holder = scene.borrower("a");
    holder.lease();
    holder.thread.join();
    PoolScene.Borrower interrupted = scene.borrower("b").parked();
    PoolScene.Borrower late = scene.borrower("c").parked();
    interrupted.thread.interrupt();
    scene.awaitInterruptSeen(interrupted);
    scene.ticker.advanceMillis(1_500);
    String other = String.valueOf(interrupted.failure().getMessage());
    assertTrue(other.contains("interrupted after"), other);
    assertFalse(other.contains("All of them were held"), other);
    scene.ticker.advanceMillis(28_500);
    String vain = String.valueOf(late.failure().getMessage());
    assertTrue(
        vain.contains(
            "All of them were held for the whole of that by threads that executed nothing at the"
                + " end of it: 'borrower of a' with 1 of 'a' for 30000 ms, which has ended."),
        vain);
    assertEquals(1, scene.figures().holdAndWaits());
  }
}
