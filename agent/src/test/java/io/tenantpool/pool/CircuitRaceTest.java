package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.Origin;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What threads meet that want to connect where others have failed. */
class CircuitRaceTest {

  private final PoolScene scene = new PoolScene(TestLimits.patient(8));
  private final AtomicInteger tries = new AtomicInteger();

  /** A connect under way that ends as the test says. */
  private static final class Try {
    private final Gate gate = new Gate();
    private volatile CircuitScene.@Nullable Failure failure;

    void fails(CircuitScene.Failure how) {
      failure = how;
      gate.open();
    }

    void succeeds() {
      gate.open();
    }

    private void run() throws SQLException {
      gate.run();
      CircuitScene.Failure how = failure;
      if (how != null) {
        throw how.now();
      }
    }
  }

  /** Connects that end when the test says so. */
  private BlockingQueue<Try> held() {
    BlockingQueue<Try> begun = new LinkedBlockingQueue<>();
    scene.server.onOpen =
        () -> {
          tries.incrementAndGet();
          Try one = new Try();
          begun.add(one);
          one.run();
        };
    return begun;
  }

  private static Try next(BlockingQueue<Try> begun) throws InterruptedException {
    Try one = begun.poll(20, TimeUnit.SECONDS);
    if (one == null) {
      throw new AssertionError("nobody connects");
    }
    return one;
  }

  private List<PoolScene.Borrower> parked(String... tenants) throws InterruptedException {
    List<PoolScene.Borrower> borrowers = new ArrayList<>();
    for (String tenant : tenants) {
      borrowers.add(scene.borrower(tenant).parked());
    }
    return borrowers;
  }

  private static SQLException failure(PoolScene.Borrower borrower) {
    return assertInstanceOf(SQLException.class, borrower.failure());
  }

  @Test
  void whileTheServerIsAwayOneTriesAndTheOthersAreToldWhatItMet() throws Exception {
    CircuitScene.open(scene, "a", CircuitScene::refused);
    BlockingQueue<Try> begun = held();
    List<PoolScene.Borrower> borrowers = parked("a", "b", "c", "d");
    assertEquals(0, tries.get(), "nobody connects before the pause is over");
    assertEquals(0, scene.figures().open(), "whoever waits for it has no permit");
    scene.ticker.advanceMillis(CircuitScene.PAUSE_MILLIS / 2);
    Try probe = next(begun);
    assertEquals(CircuitState.HALF_OPEN, scene.figures().circuit().state());
    assertEquals(1, scene.figures().open());
    SQLException met = CircuitScene.refused();
    probe.fails(() -> met);
    assertSame(met, failure(borrowers.get(0)), "the first in the line has tried, and nobody else");
    for (PoolScene.Borrower other : borrowers.subList(1, 4)) {
      SQLException told = failure(other);
      assertEquals("08001", told.getSQLState());
      assertEquals(7, told.getErrorCode());
      assertSame(met, told.getCause());
      assertTrue(
          String.valueOf(told.getMessage())
              .matches(
                  "Connection to db:5432 refused \\(tenant-pool: not tried for tenant '[bcd]' on"
                      + " db:5432: 6 connects in a row failed since \\d+ ms ago, the next try is in"
                      + " \\d+ ms; tenantpool.circuit-breaker=false has each borrower try\\)"),
          told::getMessage);
    }
    assertEquals(1, tries.get());
    assertEquals(3, scene.figures().circuit().untried());
    assertEquals(1, scene.figures().circuit().openings());
    scene.assertNothingLost();
  }

  @Test
  void aTryThatSucceedsLetsEverybodyIn() throws Exception {
    CircuitScene.open(scene, "a", CircuitScene::refused);
    BlockingQueue<Try> begun = held();
    List<PoolScene.Borrower> borrowers = parked("a", "b", "c", "d");
    scene.ticker.advanceMillis(CircuitScene.PAUSE_MILLIS / 2);
    next(begun).succeeds();
    for (int i = 0; i < 3; i++) {
      next(begun).succeeds();
    }
    for (PoolScene.Borrower borrower : borrowers) {
      borrower.lease().end();
    }
    assertEquals(CircuitState.CLOSED, scene.figures().circuit().state());
    scene.assertNothingLost();
  }

  @Test
  void whoComesWhileOneTriesIsNotToldOfItsFailure() throws Exception {
    CircuitScene.open(scene, "a", CircuitScene::refused);
    BlockingQueue<Try> begun = held();
    PoolScene.Borrower first = scene.borrower("a").parked();
    scene.ticker.advanceMillis(CircuitScene.PAUSE_MILLIS / 2);
    Try probe = next(begun);
    scene.ticker.advanceMillis(1);
    PoolScene.Borrower late = scene.borrower("b").parked();
    probe.fails(CircuitScene::refused);
    failure(first);
    assertFalse(late.isDone(), "the server may have come back since that connect began");
    late.parked();
    scene.ticker.advanceMillis(CircuitScene.PAUSE_MILLIS / 2);
    next(begun).succeeds();
    late.lease().end();
    scene.assertNothingLost();
  }

  @Test
  void aTryThatIsNotAnsweredHoldsNobodyUpForLongerThanHalfASecond() throws Exception {
    CircuitScene.open(scene, "a", CircuitScene::refused);
    BlockingQueue<Try> begun = held();
    List<PoolScene.Borrower> borrowers = parked("a", "b");
    scene.ticker.advanceMillis(CircuitScene.PAUSE_MILLIS / 2);
    Try silent = next(begun);
    scene.ticker.advanceMillis(499);
    borrowers.get(1).parked();
    assertEquals(1, tries.get());
    scene.ticker.advanceMillis(1);
    next(begun).succeeds();
    borrowers.get(1).lease().end();
    silent.fails(CircuitScene::silent);
    failure(borrowers.get(0));
    scene.assertNothingLost();
  }

  @Test
  void whatIsIdleIsLentWhileTheCircuitIsOpen() throws Exception {
    Origin pool = new Origin("pool");
    scene.borrow("a", pool).end();
    CircuitScene.open(scene, "b", CircuitScene::refused);
    scene.borrow("a", pool).end();
    assertEquals(CircuitState.OPEN, scene.figures().circuit().state());
    scene.assertNothingLost();
  }

  @Test
  void aConnectionThatComesBackServesWhoeverMayNotConnect() throws Exception {
    PooledLease lease = scene.borrow("a");
    CircuitScene.open(scene, "b", CircuitScene::refused);
    PoolScene.Borrower borrower = scene.borrower("a").parked();
    lease.end();
    assertSame(lease.slot(), borrower.lease().slot());
    borrower.lease().end();
    scene.assertNothingLost();
  }

  @Test
  void whoLeavesTheLineLeavesTheLookAtTheGateToTheNext() throws Exception {
    PooledLease lease = scene.borrow("a");
    CircuitScene.open(scene, "c", CircuitScene::refused);
    PoolScene.Borrower first = scene.borrower("a").parked();
    PoolScene.Borrower second = scene.borrower("b").parked();
    lease.end();
    PooledLease served = first.lease();
    second.parked();
    BlockingQueue<Try> begun = held();
    scene.ticker.advanceMillis(CircuitScene.PAUSE_MILLIS / 2);
    next(begun).succeeds();
    second.lease().end();
    served.end();
    scene.assertNothingLost();
  }

  @Test
  void aBrokenTenantIsNobodyElsesBusiness() throws Exception {
    for (CircuitScene.Failure how :
        List.<CircuitScene.Failure>of(CircuitScene::unknownDatabase, CircuitScene::silent)) {
      CircuitScene.open(scene, "broken", how);
      PoolScene.Borrower shut = scene.borrower("broken").parked();
      assertEquals(CircuitState.OPEN, scene.figures("broken").circuit());
      assertEquals(CircuitState.CLOSED, scene.figures().circuit().state());
      assertEquals(1, scene.figures().circuit().tenantsShut());
      scene.server.onOpen = () -> {};
      scene.borrow("well").end();
      scene.ticker.advanceMillis(CircuitScene.PAUSE_MILLIS);
      shut.lease().end();
      assertEquals(0, scene.figures().circuit().tenantsShut());
      scene.assertNothingLost();
    }
  }

  @Test
  void severalTenantsThatGetNoAnswerMakeItTheServers() throws Exception {
    CircuitScene.fails(scene, CircuitScene::silent);
    for (int i = 0; i < ConnectGate.THRESHOLD; i++) {
      String tenant = "t" + i;
      assertThrows(SQLException.class, () -> scene.borrow(tenant));
    }
    assertEquals(CircuitState.OPEN, scene.figures().circuit().state());
    PoolScene.Borrower other = scene.borrower("other").parked();
    CircuitScene.fails(scene, CircuitScene::unknownDatabase);
    scene.ticker.advanceMillis(CircuitScene.PAUSE_MILLIS);
    assertEquals("3D000", failure(other).getSQLState());
    assertEquals(CircuitState.CLOSED, scene.figures().circuit().state(), "a refusal is an answer");
    scene.assertNothingLost();
  }

  @Test
  void aBorrowersTimeEndsWithWhatTheOthersMet() throws Exception {
    PoolScene small = new PoolScene(TestLimits.budget(1));
    CircuitScene.open(small, "a", CircuitScene::refused);
    Gate silent = new Gate();
    small.server.onOpen =
        () -> {
          silent.run();
          throw CircuitScene.silent();
        };
    PoolScene.Borrower probe = small.borrower("a").parked();
    PoolScene.Borrower waiting = small.borrower("b").parked();
    small.ticker.advanceMillis(CircuitScene.PAUSE_MILLIS / 2);
    silent.awaitEntered();
    small.ticker.advanceMillis(1000);
    SQLException told = failure(waiting);
    assertEquals("08001", told.getSQLState());
    assertTrue(
        String.valueOf(told.getMessage()).contains("not tried for tenant 'b'"), told::getMessage);
    assertEquals(0, small.figures().timeouts());
    silent.open();
    failure(probe);
    small.assertNothingLost();
  }

  @Test
  void aSessionFoundDeadGivesItsPermitBackWhileNobodyMayConnect() throws Exception {
    scene.borrow("a").end();
    scene.work();
    CircuitScene.open(scene, "b", CircuitScene::refused);
    scene.server.valid = false;
    scene.ticker.advanceMillis(1);
    PoolScene.Borrower borrower = scene.borrower("a").parked();
    assertEquals(0, scene.figures().open());
    assertEquals(1, scene.figures().waiting());
    scene.server.onOpen = () -> {};
    scene.ticker.advanceMillis(CircuitScene.PAUSE_MILLIS);
    borrower.lease().end();
    scene.assertNothingLost();
  }

  @Test
  void aServerThatIsStartingIsTriedAgainForTwoSeconds() throws Exception {
    CircuitScene.fails(
        scene,
        () -> {
          tries.incrementAndGet();
          return CircuitScene.startingUp();
        });
    PoolScene.Borrower borrower = scene.borrower("a").parked();
    assertEquals(ConnectGate.THRESHOLD, tries.get(), "the circuit opens by then");
    scene.ticker.advanceMillis(CircuitScene.PAUSE_MILLIS);
    borrower.parked();
    assertEquals(ConnectGate.THRESHOLD + 1, tries.get());
    scene.server.onOpen = () -> {};
    scene.ticker.advanceMillis(CircuitScene.PAUSE_MILLIS);
    borrower.lease().end();
    CircuitScene.fails(scene, CircuitScene::startingUp);
    PoolScene.Borrower inVain = scene.borrower("b").parked();
    for (int i = 0; i < 5 && !inVain.isDone(); i++) {
      scene.ticker.advanceMillis(CircuitScene.PAUSE_MILLIS);
      if (i < 3) {
        inVain.parked();
      }
    }
    assertEquals("57P03", failure(inVain).getSQLState());
    scene.assertNothingLost();
  }

  /** Who looks first is chance: one of three finds them all held back. */
  @RepeatedTest(3)
  void aServerThatIsBackForOneTenantIsTriedAtOnceForTheOthers() throws Exception {
    CircuitScene.fails(scene, CircuitScene::startingUp);
    List<PoolScene.Borrower> borrowers = parked("a", "b", "c", "d");
    assertEquals(CircuitState.OPEN, scene.figures().circuit().state());
    scene.server.onOpen = () -> {};
    // In small steps, so that one of them looks before the others.
    for (int i = 0; i < 500 && borrowers.stream().noneMatch(PoolScene.Borrower::isDone); i++) {
      scene.ticker.advanceMillis(1);
      LockSupport.parkNanos(2_000_000);
    }
    for (PoolScene.Borrower each : borrowers) {
      each.lease().end();
    }
    scene.assertNothingLost();
  }

  @Test
  void aCallerThatDoesNotWaitIsToldAtOnce() throws Exception {
    CircuitScene.open(scene, "a", CircuitScene::refused);
    StubCaller caller = new StubCaller(null);
    caller.waitsForRoom = false;
    SQLException told = assertThrows(SQLException.class, () -> scene.borrow("a", null, caller));
    assertEquals("08001", told.getSQLState());
    scene.assertNothingLost();
  }

  @Test
  void withoutABreakerEachBorrowerTries() throws Exception {
    scene.pool.change(
        new PoolLimits(
            8,
            0,
            Sharing.hard(3),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            0,
            false,
            true,
            Integer.MAX_VALUE));
    CircuitScene.open(scene, "a", CircuitScene::refused);
    CircuitScene.open(scene, "a", CircuitScene::startingUp);
    assertEquals(CircuitState.CLOSED, scene.figures().circuit().state());
    scene.assertNothingLost();
  }

  @Test
  void afterAnOutageFewConnectAtOnceAndTheLineKeepsItsOrder() throws Exception {
    scene.pool.read(
        figures -> {
          figures.ledger().gate().sessionLost();
          return figures;
        });
    int places = scene.figures().circuit().places();
    BlockingQueue<Try> begun = held();
    List<Try> trying = new ArrayList<>();
    List<PoolScene.Borrower> connecting = new ArrayList<>();
    for (int i = 0; i < places; i++) {
      connecting.add(scene.borrower("c" + i));
      trying.add(next(begun));
    }
    List<PoolScene.Borrower> waiting = parked("x", "y", "z");
    assertEquals(places, scene.figures().open(), "whoever waits for a place has no permit");
    // Slow ones: no place more than before.
    scene.ticker.advanceMillis(400);
    trying.get(0).succeeds();
    Try x = next(begun);
    assertEquals(places + 1, tries.get());
    x.succeeds();
    waiting.get(0).lease().end();
    connecting.get(0).lease().end();
    for (int i = 0; i < 2; i++) {
      next(begun).succeeds();
    }
    for (Try one : trying.subList(1, places)) {
      one.succeeds();
    }
    for (PoolScene.Borrower borrower : waiting.subList(1, 3)) {
      borrower.lease().end();
    }
    for (PoolScene.Borrower borrower : connecting.subList(1, places)) {
      borrower.lease().end();
    }
    scene.assertNothingLost();
  }
}
