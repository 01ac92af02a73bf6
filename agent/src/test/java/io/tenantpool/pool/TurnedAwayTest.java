package io.tenantpool.pool;

import static io.tenantpool.pool.LedgerScene.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The waiting line is bounded, and whoever has no hope is told at once; nobody else is. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TurnedAwayTest {

  private static final long DEADLINE = 30_000 * MS;

  private static PoolLimits limits(int budget, int perTenant, int maxWaiting) {
    PoolLimits plain = TestLimits.patient(budget);
    return new PoolLimits(
        budget,
        0,
        Sharing.hard(perTenant),
        plain.acquireTimeout(),
        plain.maxIdle(),
        plain.maxLifetime(),
        plain.validateAfter(),
        plain.validationTimeout(),
        0,
        true,
        true,
        maxWaiting);
  }

  // ---- the bound

  @Test
  void aTenantLeavesAsManyPlacesFreeAsItHas() {
    LedgerScene scene = new LedgerScene(limits(1, 1, 8));
    scene.lease("busy");
    for (int i = 0; i < 4; i++) {
      assertNull(scene.enqueue("greedy").refusal(DEADLINE), "of 8 places it may have 4");
    }
    assertEquals(RefusalCause.LINE_FULL, scene.enqueue("greedy").refusal(DEADLINE));
    assertNull(scene.enqueue("modest").refusal(DEADLINE), "there is room for another one");
    assertNull(scene.enqueue("modest").refusal(DEADLINE));
    assertEquals(RefusalCause.LINE_FULL, scene.enqueue("modest").refusal(DEADLINE));
    assertEquals(6, scene.ledger.book().counters().waiting, "who is refused stands nowhere");
  }

  @Test
  void theBoundIsHardHoweverManyTenantsThereAre() {
    LedgerScene scene = new LedgerScene(limits(1, 1, 8));
    scene.lease("busy");
    for (int i = 0; i < 100; i++) {
      scene.enqueue("t" + i % 50);
    }
    assertEquals(8, scene.ledger.book().counters().waiting);
    assertNull(scene.enqueue("sys").refusal(DEADLINE), "system tenants have places of their own");
  }

  @Test
  void whoHoldsALeaseOrHadASlotAlreadyIsNotTurnedAway() {
    LedgerScene scene = new LedgerScene(limits(1, 1, 1));
    Thread thread = new Thread();
    Slot held = scene.lease("a", thread);
    scene.enqueue("b");
    assertEquals(RefusalCause.LINE_FULL, scene.enqueue("c").refusal(DEADLINE));
    assertNull(scene.enqueue("a", thread).refusal(DEADLINE));
    TenantPool d = scene.ledger.tenants().named("d", false, scene.now);
    Waiter again =
        scene
            .ledger
            .queueing()
            .enqueueAgain(d, held.key(), null, new Thread(), scene.now, scene.now);
    assertNull(again.refusal(DEADLINE));
  }

  @Test
  void theFullLineIsSaidCountedAndLeavesNoTrace() throws Exception {
    PoolScene scene = new PoolScene(limits(1, 1, 1));
    PooledLease lease = scene.borrow("a");
    PoolScene.Borrower waits = scene.borrower("b").parked();
    SQLException refusal =
        assertThrows(SQLTransientConnectionException.class, () -> scene.borrow("c"));
    assertEquals("53300", refusal.getSQLState());
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("'c'") && message.contains("tenantpool.max-waiting is 1"), message);
    assertTrue(message.contains("1 wait, 0 of them of the tenant"), message);
    assertEquals(Map.of(RefusalCause.LINE_FULL, 1L), scene.figures().refusals());
    assertEquals(0, scene.figures().timeouts());
    assertTrue(scene.events.lines().contains("turnedAway c LINE_FULL"));
    assertEquals(2, scene.figures().tenants(), "the name of c is forgotten");
    lease.end();
    scene.work();
    waits.lease().end();
    scene.work();
    scene.assertNothingLost();
  }

  // ---- hope

  /**
   * Tenants that each hold {@code perTenant} connections for {@code leaseMillis} at a time, and
   * have {@code waiting} threads more, for {@code seconds}. Who times out comes again, as threads
   * do.
   */
  private static final class Load {
    final LedgerScene scene;
    final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    final List<Slot> leased = new ArrayList<>();

    Load(int budget, int perTenant, int tenants) {
      scene = new LedgerScene(limits(budget, perTenant, Integer.MAX_VALUE));
      for (int i = 0; i < budget; i++) {
        leased.add(scene.lease("t" + i % tenants));
      }
    }

    void come(String tenant, int count) {
      for (int i = 0; i < count; i++) {
        waiters.add(scene.enqueue(tenant));
      }
    }

    /** Every {@code millis} one lease ends, so many times. */
    void run(int times, long millis) {
      for (int i = 0; i < times; i++) {
        scene.now += millis * MS;
        Slot ended = leased.remove(0);
        scene.giveBack(ended);
        scene.clean();
        Slot next = null;
        for (Waiter waiter : waiters) {
          next = waiter.isCalled() ? scene.ledger.queueing().retry(waiter, scene.now) : null;
          if (next != null) {
            waiters.remove(waiter);
            leased.add(scene.lend(next, waiter));
            break;
          }
        }
        if (next == null) {
          assertFalse(ended.tenant().hasWaiters(), "somebody waits, and nobody is served");
          leased.add(scene.lease(ended.tenant().name()));
        }
      }
    }

    Waiter newcomer(String tenant) {
      Waiter waiter = scene.enqueue(tenant);
      scene.ledger.queueing().abandon(waiter, scene.now);
      return waiter;
    }
  }

  @Test
  void whoStandsBehindTooManyOfItsOwnTenantIsTurnedAway() {
    Load load = new Load(2, 2, 1);
    load.come("t0", 700);
    load.run(20, 100);
    // Ten a second are served: 680 wait for 68 seconds.
    assertEquals(RefusalCause.HOPELESS, load.newcomer("t0").refusal(DEADLINE));
    assertNull(load.newcomer("t0").refusal(2 * DEADLINE), "it has more time");
    assertNull(load.newcomer("t1").refusal(DEADLINE), "nobody of its own tenant is before it");
  }

  @Test
  void whoWouldWaitForTwiceItsTimeAtMostMayWait() {
    Load load = new Load(2, 2, 1);
    load.come("t0", 600);
    load.run(20, 100);
    assertNull(load.newcomer("t0").refusal(DEADLINE), "58 seconds are expected");
  }

  @Test
  void whoStandsBehindTooManyTenantsIsTurnedAway() {
    Load load = new Load(2, 2, 1);
    for (int i = 1; i <= 700; i++) {
      load.come("t" + i, 1);
    }
    load.run(20, 100);
    assertEquals(RefusalCause.HOPELESS, load.newcomer("newcomer").refusal(DEADLINE));
  }

  @Test
  void aGreedyTenantAtItsCapTakesNobodyElsesHope() {
    Load load = new Load(4, 2, 2);
    load.come("t0", 5000);
    load.run(20, 100);
    assertNull(load.newcomer("t1").refusal(DEADLINE));
    assertNull(load.newcomer("t2").refusal(DEADLINE));
  }

  @Test
  void nothingIsSaidOfALineThatHasJustBegun() {
    Load load = new Load(2, 2, 1);
    load.come("t0", 5000);
    load.run(9, 100);
    assertNull(load.newcomer("t0").refusal(DEADLINE), "less than a second");
    Load slow = new Load(2, 2, 1);
    slow.come("t0", 5000);
    slow.run(4, 1000);
    assertNull(slow.newcomer("t0").refusal(DEADLINE), "four leases");
  }

  @Test
  void aLineThatMovesAgainAfterAStandstillIsMeasuredByThat() {
    Load load = new Load(2, 2, 1);
    load.come("t0", 3000);
    load.run(1, 20_000);
    load.newcomer("t0");
    load.run(200, 10);
    // A hundred a second, though in 22 seconds there were ten a second.
    assertNull(load.newcomer("t0").refusal(DEADLINE));
  }

  @Test
  void whoGivesUpEarlyMakesTheLineMove() {
    Load load = new Load(2, 2, 1);
    load.come("t0", 700);
    for (int i = 0; i < 20; i++) {
      load.run(1, 100);
      for (int gone = 0; gone < 2; gone++) {
        Waiter waiter = load.waiters.removeLast();
        load.scene.ledger.queueing().abandon(waiter, load.scene.now);
      }
    }
    assertNull(load.newcomer("t0").refusal(DEADLINE), "those before it do not all wait for long");
  }

  @Test
  void whoWasTurnedAwayDoesNotMakeTheLineMove() {
    Load load = new Load(2, 2, 1);
    load.come("t0", 700);
    load.run(20, 100);
    for (int i = 0; i < 500; i++) {
      Waiter waiter = load.scene.enqueue("t0");
      assertEquals(RefusalCause.HOPELESS, waiter.refusal(DEADLINE));
      load.scene.ledger.queueing().turnAway(waiter, RefusalCause.HOPELESS, load.scene.now);
    }
    assertEquals(Map.of(RefusalCause.HOPELESS, 500L), load.scene.ledger.queueing().refusals());
    assertEquals(680, load.scene.ledger.book().counters().waiting);
  }

  @Test
  void aSlotThatIsGrantedAtTheLastMomentIsUsed() {
    LedgerScene scene = new LedgerScene(limits(1, 1, 10));
    Slot slot = scene.lease("a");
    Waiter waiter = scene.enqueue("b");
    scene.giveBack(slot);
    Slot granted = scene.granted(waiter);
    assertEquals(
        granted, scene.ledger.queueing().turnAway(waiter, RefusalCause.HOPELESS, scene.now));
    assertFalse(scene.ledger.queueing().refusals().containsKey(RefusalCause.HOPELESS));
  }
}
