package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.WaitEnd;
import io.tenantpool.connection.WaitLimit;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

/**
 * What ends a wait before the acquire timeout: limits of the caller's own, a cancel, an interrupt.
 */
class CallerLimitsTest {

  /** One connection, and an acquire timeout of 30 s. */
  private final PoolScene scene = new PoolScene(TestLimits.patient(1));

  private static StubCaller limited(WaitEnd end, long millis) {
    return new StubCaller(WaitLimit.ofMillis(end, millis));
  }

  @Test
  void theShortestLimitOfTheCallerEndsTheWait() throws Exception {
    PooledLease lease = scene.borrow("a");
    StubCaller caller = limited(WaitEnd.QUERY_TIMEOUT, 1000);
    PoolScene.Borrower borrower = scene.borrower("b", caller).parked();
    scene.ticker.advanceMillis(999);
    borrower.parked();
    scene.ticker.advanceMillis(1);
    SQLException failure = assertInstanceOf(SQLException.class, borrower.failure());
    assertEquals("57014", failure.getSQLState());
    assertEquals(
        "tenant-pool: tenant 'b' on db:5432: no connection within 1000 ms, the caller's own query"
            + " timeout (tenantpool.acquire-timeout is 30000 ms); the tenant uses 0 of 1 (1"
            + " waiting), the server 1 of 1 connections (1 leased, 0 connecting, 1 waiting); longest holders: 'a'"
            + " for 1000 ms in thread '"
            + Thread.currentThread().getName()
            + "'. To allow the server more, raise tenantpool.max-connections",
        failure.getMessage());
    assertEquals(WaitEnd.QUERY_TIMEOUT, caller.ended);
    assertFalse(caller.isWaiting());
    assertEquals(1, scene.figures().timeouts());
    lease.end();
    scene.assertNothingLost();
  }

  @Test
  void everyLimitHasTheStateThatTheDriverGivesIt() throws Exception {
    assertEquals("08001", stateOf(WaitEnd.LOGIN_TIMEOUT));
    assertEquals("08001", stateOf(WaitEnd.SOCKET_TIMEOUT));
    assertEquals("53300", stateOf(WaitEnd.LOGIN_TIMEOUT_OF_POOLED));
    assertEquals("08006", stateOf(WaitEnd.NETWORK_TIMEOUT));
    assertEquals("57014", stateOf(WaitEnd.QUERY_TIMEOUT));
  }

  private String stateOf(WaitEnd end) throws Exception {
    PooledLease lease = scene.borrow("a");
    PoolScene.Borrower borrower = scene.borrower("b", limited(end, 250)).parked();
    scene.ticker.advanceMillis(250);
    SQLException failure = assertInstanceOf(SQLException.class, borrower.failure());
    lease.end();
    scene.assertNothingLost();
    return String.valueOf(failure.getSQLState());
  }

  @Test
  void aLimitBeyondTheAcquireTimeoutChangesNothing() throws Exception {
    PooledLease lease = scene.borrow("a");
    PoolScene.Borrower borrower =
        scene.borrower("b", limited(WaitEnd.QUERY_TIMEOUT, 60_000)).parked();
    scene.ticker.advanceMillis(30_000);
    SQLException failure =
        assertInstanceOf(SQLTransientConnectionException.class, borrower.failure());
    assertEquals("53300", failure.getSQLState());
    lease.end();
    scene.assertNothingLost();
  }

  @Test
  void aCancelEndsTheWait() throws Exception {
    PooledLease lease = scene.borrow("a");
    StubCaller caller = new StubCaller(null);
    PoolScene.Borrower borrower = scene.borrower("b", caller).parked();
    scene.ticker.advanceMillis(300);
    caller.callOff(WaitEnd.CANCELLED);
    SQLException failure = assertInstanceOf(SQLException.class, borrower.failure());
    assertEquals("57014", failure.getSQLState());
    assertTrue(
        String.valueOf(failure.getMessage())
            .contains("cancelled by the application after waiting 300 ms"),
        failure::getMessage);
    assertEquals(0, scene.figures().timeouts());
    lease.end();
    scene.assertNothingLost();
  }

  @Test
  void aCloseEndsTheWait() throws Exception {
    PooledLease lease = scene.borrow("a");
    StubCaller caller = new StubCaller(null);
    PoolScene.Borrower borrower = scene.borrower("b", caller).parked();
    caller.callOff(WaitEnd.CLOSED);
    SQLException failure = assertInstanceOf(SQLException.class, borrower.failure());
    assertEquals("08003", failure.getSQLState());
    lease.end();
    scene.assertNothingLost();
  }

  @Test
  void anInterruptedWaiterGetsWhatBecomesFreeSoon() throws Exception {
    PooledLease lease = scene.borrow("a");
    PoolScene.Borrower borrower = scene.borrower("b").parked();
    borrower.thread.interrupt();
    scene.ticker.advanceMillis(1499);
    borrower.parked();
    lease.end();
    borrower.lease().end();
    assertTrue(borrower.wasInterrupted());
    scene.assertNothingLost();
  }

  @Test
  void anInterruptedWaiterGivesUpInTheEndWithItsFlagUpAndLosesNothing() throws Exception {
    PooledLease lease = scene.borrow("a");
    PoolScene.Borrower borrower = scene.borrower("b").parked();
    borrower.thread.interrupt();
    // The flag is seen at the moment in which it is parked again.
    scene.awaitInterruptSeen(borrower);
    scene.ticker.advanceMillis(1500);
    SQLException failure =
        assertInstanceOf(SQLTransientConnectionException.class, borrower.failure());
    assertEquals("TP001", failure.getSQLState());
    assertInstanceOf(InterruptedException.class, failure.getCause());
    assertTrue(borrower.wasInterrupted());
    assertEquals(0, scene.figures().timeouts());
    lease.end();
    scene.assertNothingLost();
  }

  @Test
  void aCancelEndsTheBackOffBeforeAFullServer() throws Exception {
    scene.server.onOpen =
        () -> {
          throw new SQLException("sorry, too many clients already", "53300");
        };
    StubCaller caller = new StubCaller(null);
    PoolScene.Borrower borrower = scene.borrower("a", caller).parked();
    caller.callOff(WaitEnd.CANCELLED);
    SQLException failure = assertInstanceOf(SQLException.class, borrower.failure());
    assertEquals("57014", failure.getSQLState());
    assertEquals("53300", assertInstanceOf(SQLException.class, failure.getCause()).getSQLState());
    scene.assertNothingLost();
  }

  @Test
  void aBorrowThatNeedNotWaitAsksItsCallerNothing() throws Exception {
    scene.borrow("a").end();
    scene.work();
    StubCaller caller = limited(WaitEnd.QUERY_TIMEOUT, 1);
    caller.callOff(WaitEnd.CANCELLED);
    scene.borrow("a", null, caller).end();
    assertNull(caller.ended);
    scene.assertNothingLost();
  }

  @Test
  void aCallerThatNeedNotHaveAConnectionDoesNotWaitForRoom() throws Exception {
    PooledLease last = scene.borrow("a");
    StubCaller caller = new StubCaller(null);
    caller.waitsForRoom = false;
    SQLException failure = assertThrows(SQLException.class, () -> scene.borrow("b", null, caller));
    assertEquals("53300", failure.getSQLState());
    last.end();
    scene.work();
    scene.borrow("b", null, caller).end();
    scene.assertNothingLost();
  }
}
