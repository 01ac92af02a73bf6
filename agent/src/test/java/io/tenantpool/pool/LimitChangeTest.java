package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Caps and times that change while connections are lent, free and waited for. */
class LimitChangeTest {

  private final PoolScene scene = new PoolScene(TestLimits.of(4, 0, 2));

  private void change(int budget, int reserved, int perTenant) {
    scene.pool.operations().change(TestLimits.of(budget, reserved, perTenant));
  }

  private List<PooledLease> borrowOneOf(String... tenants) throws Exception {
    List<PooledLease> leases = new ArrayList<>();
    for (String tenant : tenants) {
      leases.add(scene.borrow(tenant));
    }
    return leases;
  }

  @Test
  void aLowerBudgetClosesWhatIsFreeAtOnceAndTheLeastRecentlyUsedFirst() throws Exception {
    List<PooledLease> leases = borrowOneOf("a", "b", "c", "d");
    for (PooledLease lease : leases) {
      scene.ticker.advanceMillis(1);
      lease.end();
    }
    change(2, 0, 2);
    scene.work();
    assertEquals(2, scene.figures().open());
    assertEquals(0, scene.figures("a").open());
    assertEquals(0, scene.figures("b").open());
    assertEquals(2, scene.figures().evictions().get(EvictionCause.BUDGET));
    scene.assertNothingLost();
  }

  @Test
  void aLowerBudgetTakesNoLeaseAndClosesWhatIsTooMuchWhenItComesBack() throws Exception {
    List<PooledLease> leases = borrowOneOf("a", "b", "c", "d");
    change(2, 0, 2);
    scene.work();
    assertEquals(4, scene.figures().open());
    for (PooledLease lease : leases) {
      assertFalse(PoolScene.physical(lease).closed);
    }
    PoolScene.Borrower waits = scene.borrower("e").parked();
    leases.get(0).end();
    scene.work();
    assertFalse(waits.isDone(), "three are open, two allowed");
    leases.get(1).end();
    scene.work();
    assertFalse(waits.isDone(), "two are open, two allowed");
    leases.get(2).end();
    scene.work();
    waits.lease().end();
    leases.get(3).end();
    scene.work();
    scene.assertNothingLost();
  }

  @Test
  void aHigherBudgetServesWhoWaits() throws Exception {
    List<PooledLease> leases = borrowOneOf("a", "b", "c", "d");
    PoolScene.Borrower waits = scene.borrower("e").parked();
    change(5, 0, 2);
    leases.add(waits.lease());
    leases.forEach(PooledLease::end);
    scene.work();
    scene.assertNothingLost();
  }

  @Test
  void aHigherCapOfTheTenantServesItsWaiters() throws Exception {
    List<PooledLease> leases = borrowOneOf("a");
    PoolScene.Borrower second = scene.borrower("a");
    leases.add(second.lease());
    PoolScene.Borrower waits = scene.borrower("a").parked();
    change(4, 0, 3);
    leases.add(waits.lease());
    assertEquals(3, scene.figures("a").limit());
    leases.forEach(PooledLease::end);
    scene.work();
    scene.assertNothingLost();
  }

  @Test
  void aLowerCapOfTheTenantClosesItsFreeConnectionsAndLaterItsLeases() throws Exception {
    change(6, 0, 3);
    PooledLease one = scene.borrow("a");
    PooledLease two = scene.borrower("a").lease();
    PooledLease three = scene.borrower("a").lease();
    three.end();
    change(6, 0, 1);
    scene.work();
    assertEquals(2, scene.figures("a").open());
    assertFalse(PoolScene.physical(one).closed);
    assertFalse(PoolScene.physical(two).closed);
    one.end();
    two.end();
    scene.work();
    assertEquals(1, scene.figures("a").open());
    scene.assertNothingLost();
  }

  @Test
  void oneTenantCanHaveACapOfItsOwnUntilThatOfAllIsChanged() throws Exception {
    borrowOneOf("a", "b").forEach(PooledLease::end);
    assertTrue(scene.pool.operations().limitTenant("a", 4));
    assertFalse(scene.pool.operations().limitTenant("nobody", 4));
    assertEquals(4, scene.figures("a").limit());
    assertEquals(2, scene.figures("b").limit());
    change(5, 0, 2);
    assertEquals(4, scene.figures("a").limit());
    change(5, 0, 3);
    assertEquals(3, scene.figures("a").limit());
  }

  @Test
  void whatTheServerAllowsBoundsAHigherBudgetToo() {
    scene.pool.books().step(books -> books.neighbours().serverAllows(OptionalInt.of(3)));
    change(10, 0, 2);
    assertEquals(3, scene.figures().budget());
    assertEquals(10, scene.figures().configuredBudget());
    assertTrue(
        scene.events.lines().contains("budgetLowered 10 3"), () -> "" + scene.events.lines());
  }

  @Test
  void anotherAcquireTimeoutHoldsForWhoComesNext() throws Exception {
    List<PooledLease> leases = borrowOneOf("a", "b", "c", "d");
    scene.pool.operations().change(times(Duration.ofSeconds(2), Duration.ofMinutes(10), 0));
    PoolScene.Borrower waits = scene.borrower("e").parked();
    scene.ticker.advanceMillis(Duration.ofMillis(1_999).toMillis());
    assertFalse(waits.isDone());
    scene.ticker.advanceMillis(Duration.ofMillis(1).toMillis());
    assertInstanceOf(SQLTransientConnectionException.class, waits.failure());
    leases.forEach(PooledLease::end);
    scene.work();
    scene.assertNothingLost();
  }

  @Test
  void aShorterLifetimeHoldsForConnectionsThatAreOpenToo() throws Exception {
    borrowOneOf("a").forEach(PooledLease::end);
    scene.work();
    scene.pool.operations().change(times(Duration.ofSeconds(1), Duration.ofSeconds(30), 0));
    scene.ticker.advanceMillis(Duration.ofSeconds(30).toMillis());
    scene.pool.operations().expire();
    scene.work();
    assertEquals(0, scene.figures().open());
  }

  @Test
  void aLeaseIsSuspectedOnceAndOnlyWhenItTakesTooLong() throws Exception {
    PooledLease old = scene.borrow("a");
    scene.pool.operations().watch();
    scene.ticker.advanceMillis(Duration.ofSeconds(3).toMillis());
    PooledLease young = scene.borrow("b");
    scene.pool.operations().watch();
    scene
        .pool
        .operations()
        .change(
            times(Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofSeconds(2).toNanos()));
    scene.pool.operations().watch();
    scene.pool.operations().watch();
    assertEquals(List.of("leakSuspected a 3000 ms"), told("leakSuspected"));
    assertEquals(1, scene.figures().leaksSuspected());
    old.end();
    young.end();
  }

  @Test
  void aShortageIsToldOnceAndAgainOnlyAfterAQuietTime() throws Exception {
    for (int round = 0; round < 3; round++) {
      List<PooledLease> leases = borrowOneOf("a", "b", "c", "d");
      PoolScene.Borrower waits = scene.borrower("e").parked();
      leases.get(0).end();
      scene.work();
      waits.lease().end();
      leases.forEach(PooledLease::end);
      scene.work();
      scene.pool.operations().watch();
      if (round == 1) {
        scene.ticker.advanceMillis(Shortage.QUIET_NANOS / 1_000_000);
        scene.pool.operations().watch();
      }
    }
    assertEquals(List.of("budgetExhausted 4 1", "budgetExhausted 4 1"), told("budgetExhausted"));
  }

  @Test
  void aTenantAtItsOwnCapIsNoShortageOfTheBudget() throws Exception {
    PooledLease one = scene.borrow("a");
    PooledLease two = scene.borrower("a").lease();
    PoolScene.Borrower waits = scene.borrower("a").parked();
    scene.pool.operations().watch();
    assertEquals(List.of(), told("budgetExhausted"));
    one.end();
    two.end();
    scene.work();
    waits.lease().end();
  }

  @Test
  void holdersAndWaitersAreNamed() throws Exception {
    List<PooledLease> leases = borrowOneOf("a", "b", "c", "d");
    scene.ticker.advanceMillis(5);
    PoolScene.Borrower waits = scene.borrower("e").parked();
    scene.ticker.advanceMillis(2);
    List<Holder> holders = Holder.longest(scene.pool.read(figures -> figures.holders("b")), 9);
    assertEquals(1, holders.size());
    assertEquals("b", holders.get(0).tenant());
    assertEquals(7_000_000, holders.get(0).heldNanos());
    assertEquals(Thread.currentThread().getName(), holders.get(0).thread());
    assertEquals(3, Holder.longest(scene.pool.read(figures -> figures.holders(null)), 3).size());
    assertEquals(
        List.of(new WaitingThread("e", "borrower of e", 2_000_000)),
        scene.pool.read(Figures::waiting));
    leases.forEach(PooledLease::end);
    scene.work();
    waits.lease().end();
  }

  private List<String> told(String event) {
    return scene.events.lines().stream().filter(line -> line.startsWith(event)).toList();
  }

  private static PoolLimits times(Duration acquireTimeout, Duration maxLifetime, long leakNanos) {
    PoolLimits plain = TestLimits.of(4, 0, 2);
    return new PoolLimits(
        plain.budget(),
        plain.reserved(),
        plain.sharing(),
        acquireTimeout,
        plain.maxIdle(),
        maxLifetime,
        plain.validateAfter(),
        plain.validationTimeout(),
        leakNanos,
        true,
        true,
        Integer.MAX_VALUE);
  }
}
