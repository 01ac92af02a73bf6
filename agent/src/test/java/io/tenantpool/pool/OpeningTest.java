package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.Origin;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a borrower does between its decision and its lease, and what may go wrong there. */
class OpeningTest {

  private final PoolScene scene = new PoolScene(TestLimits.of(2, 0, 2));

  private static void full() throws SQLException {
    throw new SQLException("sorry, too many clients already", "53300");
  }

  @Test
  void aRefusedConnectIsTriedAgainUntilTheServerHasRoom() throws Exception {
    scene.server.onOpen = OpeningTest::full;
    PoolScene.Borrower borrower = scene.borrower("a").parked();
    scene.ticker.advanceMillis(1);
    borrower.parked();
    assertEquals(1, scene.figures().open(), "it keeps its permit");
    scene.server.onOpen = () -> {};
    scene.ticker.advanceMillis(2);
    borrower.lease().end();
    assertEquals(0, scene.figures().openFailures());
    assertTrue(scene.events.lines().contains("openRefused a 1/2"));
    scene.assertNothingLost();
  }

  @Test
  void aConnectRefusedUntilTheAcquireTimeoutFailsAsTheDriverDid() throws Exception {
    scene.server.onOpen = OpeningTest::full;
    PoolScene.Borrower borrower = scene.borrower("a").parked();
    scene.ticker.advanceMillis(1000);
    SQLException failure = assertInstanceOf(SQLException.class, borrower.failure());
    assertEquals("53300", failure.getSQLState());
    assertEquals("sorry, too many clients already", failure.getMessage());
    assertEquals(1, scene.figures().openFailures());
    scene.assertNothingLost();
  }

  @Test
  void anInterruptedThreadTriesOnWithItsFlagUp() throws Exception {
    scene.server.onOpen =
        () -> {
          if (!Thread.currentThread().isInterrupted()) {
            full();
          }
        };
    PoolScene.Borrower borrower = scene.borrower("a").parked();
    borrower.thread.interrupt();
    borrower.lease().end();
    assertTrue(borrower.wasInterrupted());
    scene.assertNothingLost();
  }

  @Test
  void aBorrowerThatIsRefusedTakesAConnectionThatCameBackMeanwhile() throws Exception {
    PooledLease lease = scene.borrow("a");
    scene.server.onOpen = OpeningTest::full;
    PoolScene.Borrower borrower = scene.borrower("a").parked();
    lease.end();
    scene.ticker.advanceMillis(1);
    PooledLease taken = borrower.lease();
    assertSame(lease.slot(), taken.slot());
    assertEquals(1, scene.figures().open(), "the other permit is free again");
    taken.end();
    scene.assertNothingLost();
  }

  @Test
  void aBorrowerThatIsRefusedQueuesWhenTheBudgetWasLoweredMeanwhile() throws Exception {
    PooledLease lease = scene.borrow("a");
    scene.server.onOpen = OpeningTest::full;
    PoolScene.Borrower borrower = scene.borrower("b").parked();
    scene.pool.read(figures -> figures.ledger().neighbours().serverAllows(OptionalInt.of(1)));
    scene.ticker.advanceMillis(1);
    borrower.parked();
    assertEquals(1, scene.figures().waiting());
    assertEquals(1, scene.figures().open());
    scene.server.onOpen = () -> {};
    lease.end();
    borrower.lease().end();
    scene.assertNothingLost();
  }

  @Test
  void anOpenerThatFailsInAnyWayLosesNoPermit() {
    List<Throwable> faults =
        List.of(
            new SQLException("wrong password", "28P01"),
            new IllegalStateException("driver bug"),
            new NoClassDefFoundError("driver jar"));
    for (Throwable fault : faults) {
      scene.server.onOpen =
          () -> {
            if (fault instanceof SQLException e) {
              throw e;
            }
            if (fault instanceof RuntimeException e) {
              throw e;
            }
            throw (Error) fault;
          };
      assertSame(fault, assertThrows(Throwable.class, () -> scene.borrow("typo")));
      assertEquals(0, scene.figures().open());
    }
    assertEquals(3, scene.figures().openFailures());
    assertEquals(0, scene.figures().tenants(), "a tenant that never opened leaves no trace");
    assertEquals(
        List.of(
            "live typo",
            "dormant typo",
            "openFailed typo wrong password",
            "live typo",
            "dormant typo",
            "openFailed typo driver bug",
            "live typo",
            "dormant typo"),
        scene.events.lines());
  }

  @Test
  void aConnectionIdleForLongIsValidatedAndReplacedOnItsPermitWhenItDoesNotAnswer()
      throws Exception {
    Origin pool = new Origin("pool");
    PooledLease first = scene.borrow("a", pool);
    first.end();
    scene.work();
    scene.ticker.advanceMillis(500);
    scene.server.valid = false;
    PooledLease second = scene.borrow("a", pool);
    assertSame(first.slot(), second.slot(), "not asked within 500 ms");
    second.end();
    scene.work();
    scene.ticker.advanceMillis(501);
    PooledLease third = scene.borrow("a", pool);
    assertNotSame(first.slot(), third.slot());
    assertEquals(1, scene.server.mostSockets.get());
    assertEquals(1, scene.figures().evictions().get(EvictionCause.VALIDATION));
    third.end();
    scene.assertNothingLost();
  }

  @Test
  void aBrokenConnectionAndOneThatWasHandedOutAreClosed() throws Exception {
    PooledLease broken = scene.borrow("a");
    PooledLease handedOut = scene.borrow("a");
    PoolScene.physical(broken).broken = true;
    PoolScene.physical(handedOut).reusable = false;
    broken.end();
    handedOut.end();
    scene.work();
    assertEquals(1, scene.figures().evictions().get(EvictionCause.BROKEN));
    assertEquals(1, scene.figures().evictions().get(EvictionCause.HANDED_OUT));
    scene.assertNothingLost();
  }

  @Test
  void aBorrowerWhoseOwnResetFailsOpensAnotherOnTheSamePermit() throws Exception {
    for (Throwable fault : List.of(new SQLException("gone"), new IllegalStateException("bug"))) {
      PooledLease first = scene.borrow("a");
      first.end();
      scene.server.onReset =
          () -> {
            if (fault instanceof SQLException e) {
              throw e;
            }
            throw (RuntimeException) fault;
          };
      PooledLease second = scene.borrow("a");
      assertNotSame(first.slot(), second.slot());
      assertEquals(1, scene.figures().open());
      second.end();
      scene.server.onReset = () -> {};
      scene.assertNothingLost();
    }
    assertEquals(2, scene.figures().evictions().get(EvictionCause.RESET));
  }

  @Test
  void aConnectionThatTheWorkerCannotResetIsClosed() throws Exception {
    scene.borrow("a").end();
    scene.server.onReset =
        () -> {
          throw new StackOverflowError();
        };
    scene.work();
    assertEquals(0, scene.figures().open());
    assertEquals(1, scene.figures().evictions().get(EvictionCause.RESET));
  }

  @Test
  void aCloseThatThrowsLosesNoPermit() throws Exception {
    scene.borrow("a").end();
    scene.work();
    scene.server.onClose =
        () -> {
          throw new IllegalStateException("driver bug");
        };
    scene.pool.operations().evictIdle();
    scene.work();
    assertEquals(0, scene.figures().open());
  }

  @Test
  void theWorkersResetIsAwaitedForFiveMillisecondsBeforeAnotherConnectionIsOpened()
      throws Exception {
    scene.borrow("a").end();
    Gate resetting = new Gate();
    scene.server.onReset = resetting;
    Thread worker = new Thread(scene.pool::work);
    worker.start();
    resetting.awaitEntered();
    PoolScene.Borrower patient = scene.borrower("a").parked();
    assertEquals(1, scene.server.opens.get(), "it waits, though there is a permit");
    assertEquals(1, scene.figures().idle());
    scene.ticker.advanceMillis(5);
    PooledLease lease = patient.lease();
    assertEquals(2, scene.server.opens.get());
    resetting.open();
    worker.join();
    lease.end();
    scene.assertNothingLost();
  }

  @Test
  void aPatientWaiterGetsTheConnectionThatWasMadeClean() throws Exception {
    scene.borrow("a").end();
    Gate resetting = new Gate();
    scene.server.onReset = resetting;
    Thread worker = new Thread(scene.pool::work);
    worker.start();
    resetting.awaitEntered();
    PoolScene.Borrower patient = scene.borrower("a").parked();
    resetting.open();
    patient.lease().end();
    worker.join();
    assertEquals(1, scene.server.opens.get());
    scene.assertNothingLost();
  }

  @Test
  void theBudgetIsLoweredToWhatTheServerAllows() throws Exception {
    scene.server.limit = 1;
    PooledLease lease = scene.borrow("a");
    assertEquals(1, scene.figures().budget());
    assertEquals(2, scene.figures().configuredBudget());
    assertTrue(scene.events.lines().contains("budgetLowered 2 1"));
    PoolScene.Borrower other = scene.borrower("b").parked();
    lease.end();
    other.lease().end();
    assertEquals(1, scene.server.mostSockets.get());
  }

  @Test
  void aServerThatCannotSayItsLimitIsAskedAgainAndCostsNoPermit() throws Exception {
    scene.server.limitFault = new IllegalStateException("driver bug");
    PooledLease first = scene.borrow("a");
    scene.server.limitFault = null;
    scene.server.limit = 1;
    PooledLease second = scene.borrow("a");
    assertEquals(1, scene.figures().budget());
    first.end();
    second.end();
    scene.assertNothingLost();
  }

  @Test
  void aThreadThatNeedNotWaitDoesNotCareAboutItsInterruptFlag() throws Exception {
    Thread.currentThread().interrupt();
    PooledLease lease = scene.borrow("a");
    assertTrue(Thread.interrupted());
    lease.end();
    assertFalse(Thread.currentThread().isInterrupted());
    scene.assertNothingLost();
  }
}
