package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.Connecting;
import io.tenantpool.connection.WaitEnd;
import io.tenantpool.connection.WaitLimit;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import io.tenantpool.upkeep.Upkeep;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits for an answer of a silent server ends with the borrow's deadline, and not before. */
class DeadlinesTest {

  /** An acquire timeout of one second. */
  private final PoolScene scene = new PoolScene(TestLimits.of(4, 0, 1));

  private final ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  DeadlinesTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    silent.close();
  }

  /** As a driver does whose server accepts and never answers. */
  private void connectsInVain() throws SQLException {
    try (Socket socket = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
      Connecting.made(socket);
      sockets.add(socket);
      int answer = socket.getInputStream().read();
      throw new AssertionError("answered " + answer);
    } catch (IOException e) {
      throw new SQLException("The connection attempt failed.", "08001", e);
    }
  }

  private void awaitSockets(int count) {
    awaitSockets(scene, count);
  }

  private void awaitSockets(PoolScene scene, int count) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (sockets.size() < count || scene.figures().connecting() < count) {
      assertTrue(System.nanoTime() - end < 0, "nobody connects");
      Thread.onSpinWait();
    }
  }

  private void round() {
    round(scene);
  }

  private static void round(PoolScene scene) {
    scene.pool.deadlines().round(scene.ticker.nanos());
  }

  @Test
  void aConnectEndsWithTheAcquireTimeoutByClosingItsSocket() throws Exception {
    scene.server.onOpen = this::connectsInVain;
    PoolScene.Borrower borrower = scene.borrower("a");
    awaitSockets(1);
    scene.ticker.advanceMillis(1029);
    round();
    assertFalse(sockets.get(0).isClosed());
    assertEquals(1, scene.figures().connecting());
    scene.ticker.advanceMillis(1);
    round();
    assertTrue(sockets.get(0).isClosed());
    SQLException failure =
        assertInstanceOf(SQLTransientConnectionException.class, borrower.failure());
    assertEquals("08001", failure.getSQLState());
    assertEquals(
        "tenant-pool: tenant 'a' on db:5432: no connection within 1000 ms,"
            + " tenantpool.acquire-timeout: it was connecting, for 1030 ms, and "
            + silent.getLocalSocketAddress()
            + " had accepted the connection and not answered; of the 4 connections of the server 1"
            + " were connecting, 1 of them unanswered for long. Look after the server and the way"
            + " to it",
        failure.getMessage());
    assertEquals("08001", assertInstanceOf(SQLException.class, failure.getCause()).getSQLState());
    assertEquals(1, scene.figures().openFailures());
    scene.assertNothingLost();
  }

  @Test
  void aCallersShorterLimitEndsItInTheDriversState() throws Exception {
    scene.server.onOpen = this::connectsInVain;
    StubCaller caller = new StubCaller(WaitLimit.ofMillis(WaitEnd.LOGIN_TIMEOUT_OF_POOLED, 300));
    PoolScene.Borrower borrower = scene.borrower("a", caller);
    awaitSockets(1);
    scene.ticker.advanceMillis(330);
    round();
    SQLException failure = assertInstanceOf(SQLException.class, borrower.failure());
    assertEquals("08001", failure.getSQLState());
    assertTrue(
        String.valueOf(failure.getMessage())
            .contains("within 300 ms, the caller's own loginTimeout, HikariCP's connectionTimeout"),
        failure::getMessage);
    assertEquals(WaitEnd.LOGIN_TIMEOUT_OF_POOLED, caller.ended);
    scene.assertNothingLost();
  }

  /** Of each answer; whose are slow, one after the other, has what any borrower has. */
  @Test
  void aSocketTimeoutIsNoLimitOfTheWholeConnect() throws Exception {
    scene.server.onOpen = this::connectsInVain;
    StubCaller caller = new StubCaller(WaitLimit.ofMillis(WaitEnd.SOCKET_TIMEOUT, 300));
    PoolScene.Borrower borrower = scene.borrower("a", caller);
    awaitSockets(1);
    scene.ticker.advanceMillis(1029);
    round();
    assertFalse(sockets.get(0).isClosed());
    scene.ticker.advanceMillis(1);
    round();
    SQLException failure = assertInstanceOf(SQLException.class, borrower.failure());
    assertTrue(
        String.valueOf(failure.getMessage())
            .contains(
                "no connection within 1000 ms, tenantpool.acquire-timeout: it was connecting"),
        failure::getMessage);
    scene.assertNothingLost();
  }

  @Test
  void aCancelEndsItAtOnce() throws Exception {
    scene.server.onOpen = this::connectsInVain;
    StubCaller caller = new StubCaller(null);
    PoolScene.Borrower borrower = scene.borrower("a", caller);
    awaitSockets(1);
    caller.callOff(WaitEnd.CANCELLED);
    round();
    SQLException failure = assertInstanceOf(SQLException.class, borrower.failure());
    assertEquals("57014", failure.getSQLState());
    scene.assertNothingLost();
  }

  @Test
  void theSocketThatADriverLeavesBehindIsClosedBeforeThePermitIsGivenBack() throws Exception {
    PoolScene one = new PoolScene(TestLimits.budget(1));
    Gate abandoned = new Gate();
    List<Boolean> closed = new CopyOnWriteArrayList<>();
    one.server.onOpen =
        () -> {
          if (sockets.isEmpty()) {
            try {
              Socket socket = new Socket(silent.getInetAddress(), silent.getLocalPort());
              Connecting.made(socket);
              sockets.add(socket);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
            abandoned.run();
            throw new SQLException("Connection attempt timed out.", "08001");
          }
          closed.add(sockets.get(0).isClosed());
        };
    PoolScene.Borrower first = one.borrower("a");
    abandoned.awaitEntered();
    PoolScene.Borrower second = one.borrower("b").parked();
    abandoned.open();
    SQLException failure = assertInstanceOf(SQLException.class, first.failure());
    assertEquals("Connection attempt timed out.", failure.getMessage());
    second.lease().end();
    assertEquals(List.of(true), closed);
    one.assertNothingLost();
  }

  @Test
  void connectsThatHangYieldToATenantThatIsStarvedAndTheirBorrowersWaitInLine() throws Exception {
    PoolScene scene = new PoolScene(TestLimits.patient(4));
    Gate served = new Gate();
    scene.server.onOpen =
        () -> {
          if (Thread.currentThread().getName().endsWith("well")) {
            served.run();
          } else {
            connectsInVain();
          }
        };
    List<PoolScene.Borrower> hanging = new ArrayList<>();
    for (String tenant : List.of("a", "b", "c", "d")) {
      hanging.add(scene.borrower(tenant));
    }
    awaitSockets(scene, 4);
    PoolScene.Borrower well = scene.borrower("well").parked();
    scene.ticker.advanceMillis(999);
    round(scene);
    assertFalse(well.isDone(), "a second of patience while nobody knows what a connect costs");
    scene.ticker.advanceMillis(1);
    // The first round finds out, for each of them; the second has one of them end.
    round(scene);
    round(scene);
    served.awaitEntered();
    assertEquals(1, sockets.stream().filter(Socket::isClosed).count());
    served.open();
    PooledLease lease = well.lease();
    scene.ticker.advanceMillis(29_030);
    round(scene);
    for (PoolScene.Borrower borrower : hanging) {
      assertEquals("08001", assertInstanceOf(SQLException.class, borrower.failure()).getSQLState());
    }
    lease.end();
    scene.assertNothingLost();
  }

  @Test
  void aValidationTakesHalfOfTheTimeThatIsLeftAndAnotherSessionIsOpened() throws Exception {
    PooledLease first = scene.borrow("a");
    StubServer.Physical dead = PoolScene.physical(first);
    first.end();
    scene.work();
    Gate asked = new Gate();
    scene.server.onValidation = asked;
    scene.ticker.advanceMillis(501);
    PoolScene.Borrower borrower = scene.borrower("a");
    asked.awaitEntered();
    scene.ticker.advanceMillis(499);
    round();
    assertFalse(dead.broken);
    scene.ticker.advanceMillis(1);
    round();
    assertTrue(dead.broken, "aborted under the question");
    asked.open();
    PooledLease second = borrower.lease();
    assertTrue(dead.closed);
    second.end();
    scene.assertNothingLost();
  }

  @Test
  void aResetOfABorrowerTakesHalfOfTheTimeThatIsLeft() throws Exception {
    PooledLease first = scene.borrow("a");
    StubServer.Physical dead = PoolScene.physical(first);
    first.end();
    Gate resetting = new Gate();
    scene.server.onReset = resetting;
    PoolScene.Borrower borrower = scene.borrower("a");
    resetting.awaitEntered();
    scene.ticker.advanceMillis(500);
    round();
    assertTrue(dead.broken);
    resetting.open();
    borrower.lease().end();
    assertTrue(dead.closed, "though its reset came to an end at last");
    scene.server.onReset = () -> {};
    scene.assertNothingLost();
  }

  @Test
  void theThreadIsWantedOnceAndEndsWhenThereWasNothingForAWhile() throws Exception {
    List<Deadlines> wanted = new ArrayList<>();
    Deadlines deadlines =
        new Deadlines(scene.ticker, new Herald(new PoolListener() {}), wanted::add);
    Deadlines.Watched one = now -> Long.MAX_VALUE;
    Deadlines.Watched other =
        now -> {
          throw new StackOverflowError("of somebody's socket");
        };
    deadlines.watch(one);
    deadlines.watch(other);
    assertEquals(1, wanted.size());
    Thread thread = Upkeep.rounds(wanted.get(0)::turn);
    thread.start();
    scene.ticker.awaitParked(thread);
    thread.interrupt();
    scene.ticker.awaitParked(thread);
    deadlines.forget(one);
    deadlines.forget(other);
    scene.ticker.advanceMillis(9_999);
    scene.ticker.awaitParked(thread);
    assertTrue(deadlines.isRunning());
    scene.ticker.advanceMillis(20);
    thread.join(20_000);
    assertFalse(deadlines.isRunning());
    deadlines.watch(one);
    assertEquals(2, wanted.size());
  }

  @Test
  void whatCannotBeEndedIsToldAndTheOthersAreLookedAtAllTheSame() {
    List<String> told = new ArrayList<>();
    Faults faults = Upkeep.faults(told);
    Herald herald =
        new Herald(
            new PoolListener() {
              @Override
              public Faults faults() {
                return faults;
              }
            });
    Deadlines deadlines = new Deadlines(scene.ticker, herald, nobodyLooks -> {});
    long now = scene.ticker.nanos();
    deadlines.watch(each -> now + 7);
    deadlines.watch(
        each -> {
          throw new StackOverflowError("of somebody's socket");
        });
    deadlines.watch(each -> now + 5);
    assertEquals(now + 5, deadlines.round(now));
    assertEquals(List.of("what takes too long could not be ended"), told);
    assertEquals(1, faults.count(FaultKind.DRIVER));
  }
}
