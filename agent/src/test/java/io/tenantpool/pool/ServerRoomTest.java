package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The budget follows the server: what it allows, what it says after it was away, who else is there.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerRoomTest {

  private static final int BUDGET = 20;

  private final PoolScene scene = new PoolScene(limits(true));

  private static PoolLimits limits(boolean asks) {
    PoolLimits plain = TestLimits.patient(BUDGET);
    return new PoolLimits(
        BUDGET,
        0,
        Sharing.hard(BUDGET),
        plain.acquireTimeout(),
        plain.maxIdle(),
        plain.maxLifetime(),
        plain.validateAfter(),
        plain.validationTimeout(),
        0,
        true,
        asks,
        Integer.MAX_VALUE);
  }

  private void endAll(List<PooledLease> leases) {
    leases.forEach(PooledLease::end);
    leases.clear();
    scene.work();
  }

  private List<PooledLease> borrow(int count) throws SQLException {
    List<PooledLease> leases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leases.add(scene.borrow("a"));
    }
    return leases;
  }

  private List<String> told(String events) {
    return scene.events.lines().stream().filter(line -> line.matches(events)).toList();
  }

  @Test
  void aServerThatComesBackWithMorePlacesIsUsedUpToTheConfiguredBudget() throws Exception {
    scene.server.limit = 9;
    List<PooledLease> leases = borrow(9);
    assertEquals(9, scene.figures().budget());
    assertEquals(9, scene.figures().allowed());
    scene.server.limit = 60;
    for (PooledLease lease : leases) {
      PoolScene.physical(lease).broken = true;
    }
    endAll(leases);
    leases = borrow(BUDGET);
    assertEquals(BUDGET, scene.figures().budget());
    assertEquals(60, scene.figures().allowed());
    assertEquals(
        List.of("budgetLowered 20 9", "budgetRaised 20 20"), told("budget(Lowered|Raised).*"));
    endAll(leases);
    scene.assertNothingLost();
  }

  @Test
  void aServerThatComesBackWithFewerPlacesIsUsedLess() throws Exception {
    scene.server.limit = 60;
    List<PooledLease> leases = borrow(12);
    scene.server.limit = 5;
    PoolScene.physical(leases.get(0)).broken = true;
    leases.remove(0).end();
    scene.work();
    leases.add(scene.borrow("b"));
    assertEquals(5, scene.figures().budget());
    assertEquals(12, scene.figures().open(), "a lease is never taken away");
    endAll(leases);
    assertEquals(5, scene.figures().open());
    scene.assertNothingLost();
  }

  @Test
  void afterAConnectThatFoundNoServerItIsAskedAgain() throws Exception {
    scene.server.limit = 9;
    scene.borrow("a").end();
    scene.server.onOpen =
        () -> {
          throw new SQLException("connection refused", "08001");
        };
    assertThrows(SQLException.class, () -> scene.borrow("b"));
    scene.server.onOpen = () -> {};
    scene.server.limit = 15;
    scene.borrow("b").end();
    assertEquals(15, scene.figures().budget());
  }

  @Test
  void afterAChangeOfTheLimitsItIsAskedAgain() throws Exception {
    scene.server.limit = 9;
    scene.borrow("a").end();
    scene.server.limit = 15;
    scene.borrow("b").end();
    assertEquals(9, scene.figures().budget());
    scene.pool.operations().change(TestLimits.of(30, 0, 3));
    assertEquals(9, scene.figures().budget());
    scene.borrow("c").end();
    assertEquals(15, scene.figures().budget());
  }

  @Test
  void itIsAskedNowAndThenOnAConnectThatHappensAnyway() throws Exception {
    scene.server.limit = 9;
    scene.borrow("a").end();
    scene.server.limit = 15;
    scene.ticker.advanceMillis(Duration.ofNanos(LimitQuestion.PERIOD_NANOS).toMillis());
    scene.borrow("b").end();
    assertEquals(15, scene.figures().budget());
  }

  @Test
  void whatItSaysDoesNotCountWhenTheSettingIsOffAndIsForgottenWhenItIsSwitchedOff()
      throws Exception {
    scene.server.limit = 9;
    scene.borrow("a").end();
    scene.pool.operations().change(limits(false));
    assertEquals(BUDGET, scene.figures().budget());
    assertEquals(0, scene.figures().allowed());
    scene.borrow("b").end();
    assertEquals(BUDGET, scene.figures().budget());
    scene.pool.operations().change(limits(true));
    scene.borrow("c").end();
    assertEquals(9, scene.figures().budget());
  }

  @Test
  void aServerThatDoesNotSayAnyMoreBoundsNothing() throws Exception {
    scene.server.limit = 9;
    scene.borrow("a").end();
    scene.server.limit = -1;
    scene.pool.operations().change(TestLimits.of(30, 0, 3));
    scene.borrow("b").end();
    assertEquals(30, scene.figures().budget());
  }

  // ---- neighbours

  /** The server has room for so many of ours; others have the rest. */
  private void roomFor(int ours) {
    scene.server.onOpen =
        () -> {
          if (scene.server.sockets.get() > ours) {
            throw new SQLException("sorry, too many clients already", "53300");
          }
        };
  }

  /** Time passes in small steps, each when the borrower waits, until that is so. */
  private void passTimeUntil(PoolScene.Borrower borrower, BooleanSupplier reached)
      throws Exception {
    for (int i = 0; !reached.getAsBoolean(); i++) {
      assertTrue(i < 500, () -> scene.figures().toString());
      scene.ticker.awaitParkedOrEnded(borrower.thread);
      scene.ticker.advanceMillis(50);
    }
  }

  @Test
  void neighboursThatKeepTheServerFullLowerTheBudgetUntilThereIsRoomAgain() throws Exception {
    roomFor(16);
    List<PooledLease> leases = borrow(16);
    PoolScene.Borrower refused = scene.borrower("b");
    refused.parked();
    passTimeUntil(refused, () -> scene.figures().neighboursLeave() > 0);
    assertEquals(14, scene.figures().neighboursLeave());
    assertEquals(14, scene.figures().budget());
    passTimeUntil(refused, () -> scene.figures().waiting() == 1);
    assertEquals(List.of("neighboursFound 20 14"), told("neighbours.*"));
    leases.remove(0).end();
    leases.remove(0).end();
    scene.work();
    assertFalse(refused.isDone(), "14 are leased, and no more allowed");
    endAll(leases);
    passTimeUntil(refused, refused::isDone);
    refused.lease().end();
    scene.work();
    assertEquals(14, scene.figures().open(), "what came back above the limit was closed");
    roomFor(BUDGET);
    int before = 14;
    for (int i = 0; scene.figures().neighboursLeave() > 0; i++) {
      assertTrue(i < 10, () -> scene.figures().toString());
      scene.ticker.advanceMillis(1000);
      scene.pool.operations().watch();
      int now = scene.figures().budget();
      assertTrue(now <= before + 1, "step by step");
      before = now;
      scene.borrow("new" + i).end();
      scene.work();
    }
    assertEquals(BUDGET, scene.figures().budget());
    assertEquals(List.of("neighboursFound 20 14", "neighboursGone 20"), told("neighbours.*"));
    scene.assertNothingLost();
  }

  @Test
  void aLimitOfTheRoleIsNoShortageOfTheServer() throws Exception {
    borrow(2);
    scene.server.onOpen =
        () -> {
          throw new SQLException("too many connections for role \"app\"", "53300");
        };
    PoolScene.Borrower refused = scene.borrower("b");
    assertTrue(String.valueOf(refused.failure().getMessage()).contains("role"));
    scene.ticker.advanceMillis(500);
    assertEquals(0, scene.figures().neighboursLeave());
  }

  @Test
  void aPlaceThatTheServerTakesAMomentToFreeIsNoShortage() throws Exception {
    roomFor(2);
    List<PooledLease> leases = borrow(2);
    PoolScene.Borrower refused = scene.borrower("b");
    refused.parked();
    for (int i = 0; i < 10; i++) {
      scene.ticker.advanceMillis(15);
      refused.parked();
    }
    roomFor(3);
    passTimeUntil(refused, refused::isDone);
    leases.add(refused.lease());
    assertEquals(0, scene.figures().neighboursLeave());
    endAll(leases);
    scene.assertNothingLost();
  }
}
