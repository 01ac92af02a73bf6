package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * No call ever reaches a physical connection after its lease has ended: one test for each window in
 * which one thread is with the driver while another closes.
 */
class LeaseEndTest {

  private final StubDriver driver = new StubDriver();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    connection = new LogicalConnections().open(driver);
    statement = connection.createStatement();
  }

  @AfterEach
  void noCallCameAfterTheLease() throws InterruptedException {
    threads.shutdown();
    assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
    assertEquals(List.of(), driver.violations());
    assertEquals(1, driver.ends());
  }

  @Test
  void closeEndsTheLeaseOnce() throws SQLException {
    connection.close();
    connection.close();
    assertEquals(1, driver.ends());
    assertFalse(driver.isClosed());
    assertTrue(connection.isClosed());
  }

  @Test
  void closeDuringACallClosesTheSocketAndTheLeaseEndsWhenTheCallHasLeft() throws Exception {
    StubDriver.Block block = driver.block("execute");
    Future<Boolean> call = threads.submit(() -> statement.execute("x"));
    block.awaitEntered();
    connection.close();
    assertTrue(driver.isClosed());
    assertEquals(0, driver.ends());
    block.release();
    assertTrue(get(call));
    assertEquals(1, driver.ends());
  }

  @Test
  void theLeaseDoesNotEndWhileACloseIsStillWithTheDriver() throws Exception {
    StubDriver.Block execute = driver.block("execute");
    StubDriver.Block close = driver.block("close");
    Future<Boolean> call = threads.submit(() -> statement.execute("x"));
    execute.awaitEntered();
    Future<?> closing = submit(connection::close);
    close.awaitEntered();
    execute.release();
    assertTrue(get(call));
    assertEquals(0, driver.ends());
    close.release();
    get(closing);
    assertEquals(1, driver.ends());
  }

  @Test
  void ofTwoClosesAtOnceOneEndsTheLease() throws Exception {
    StubDriver.Block execute = driver.block("execute");
    StubDriver.Block close = driver.block("close");
    Future<Boolean> call = threads.submit(() -> statement.execute("x"));
    execute.awaitEntered();
    Future<?> closing = submit(connection::close);
    close.awaitEntered();
    connection.close();
    assertTrue(connection.isClosed());
    close.release();
    get(closing);
    assertEquals(0, driver.ends());
    execute.release();
    assertTrue(get(call));
  }

  @Test
  void aCallThatWaitedForTheLockMeetsAClosedConnection() throws Exception {
    StubDriver.Block block = driver.block("execute");
    Future<Boolean> call = threads.submit(() -> statement.execute("x"));
    block.awaitEntered();
    AtomicReference<Thread> waiter = new AtomicReference<>();
    Future<String> waiting =
        threads.submit(
            () -> {
              waiter.set(Thread.currentThread());
              return connection.getSchema();
            });
    awaitState(waiter, Thread.State.WAITING);
    connection.close();
    block.release();
    get(call);
    SQLException thrown = assertThrows(SQLException.class, () -> get(waiting));
    assertEquals("08003", thrown.getSQLState());
    assertFalse(driver.calls().contains("getSchema"));
  }

  @Test
  void callsThatAskTheServerExcludeEachOther() throws Exception {
    StubDriver.Block block = driver.block("execute");
    Future<Boolean> call = threads.submit(() -> statement.execute("x"));
    block.awaitEntered();
    AtomicReference<Thread> waiter = new AtomicReference<>();
    Future<Integer> waiting =
        threads.submit(
            () -> {
              waiter.set(Thread.currentThread());
              return connection.getTransactionIsolation();
            });
    awaitState(waiter, Thread.State.WAITING);
    assertFalse(driver.calls().contains("getTransactionIsolation"));
    block.release();
    get(call);
    get(waiting);
    connection.close();
  }

  @Test
  void cancelReachesTheDriverDuringACall() throws Exception {
    StubDriver.Block block = driver.block("execute");
    Future<Boolean> call = threads.submit(() -> statement.execute("x"));
    block.awaitEntered();
    statement.cancel();
    assertTrue(driver.calls().contains("cancel"));
    assertFalse(connection.isClosed());
    assertFalse(statement.isClosed());
    block.release();
    get(call);
    connection.close();
  }

  @Test
  void theLeaseEndsOnlyWhenACancelHasLeft() throws Exception {
    StubDriver.Block block = driver.block("cancel");
    Future<?> cancel = submit(statement::cancel);
    block.awaitEntered();
    connection.close();
    assertEquals(0, driver.ends());
    assertFalse(driver.isClosed());
    block.release();
    get(cancel);
    assertEquals(1, driver.ends());
  }

  @Test
  void aCancelAfterTheCloseDoesNotReachTheDriver() throws SQLException {
    connection.close();
    statement.cancel();
    assertFalse(driver.calls().contains("cancel"));
  }

  @Test
  void abortDuringACallEndsTheLeaseWhenTheCallHasLeft() throws Exception {
    StubDriver.Block block = driver.block("execute");
    Future<Boolean> call = threads.submit(() -> statement.execute("x"));
    block.awaitEntered();
    connection.abort(Runnable::run);
    assertTrue(driver.isClosed());
    assertTrue(connection.isClosed());
    assertEquals(0, driver.ends());
    block.release();
    get(call);
    assertEquals(1, driver.ends());
    connection.abort(Runnable::run);
  }

  @Test
  void abortWithoutAnExecutorFailsAndChangesNothing() throws SQLException {
    assertThrows(SQLException.class, () -> connection.abort(null));
    assertFalse(connection.isClosed());
    connection.abort(Runnable::run);
    assertEquals(1, driver.ends());
  }

  @Test
  void aFailedAbortLeavesTheConnectionOpen() throws SQLException {
    SQLException failure = new SQLException("no");
    driver.fail("abort", failure);
    assertSame(failure, assertThrows(SQLException.class, () -> connection.abort(Runnable::run)));
    assertFalse(connection.isClosed());
    connection.close();
  }

  @Test
  void closeInsideADriversCallbackEndsTheLeaseAfterThatCall() throws SQLException {
    PreparedStatement prepared = connection.prepareStatement("x");
    driver.whileReadingStream(
        () -> {
          try {
            assertEquals(7, connection.getHoldability());
            connection.close();
            assertThrows(SQLException.class, connection::getHoldability);
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
          assertTrue(driver.isClosed());
          assertEquals(0, driver.ends());
        });
    prepared.setBinaryStream(1, InputStream.nullInputStream());
    assertEquals(1, driver.ends());
  }

  @Test
  void textDoesNotWaitForACall() throws Exception {
    StubDriver.Block block = driver.block("execute");
    Future<Boolean> call = threads.submit(() -> statement.execute("x"));
    block.awaitEntered();
    assertTrue(statement.toString().contains("@"), statement.toString());
    block.release();
    get(call);
    connection.close();
  }

  @Test
  void aRuntimeExceptionOfTheDriverLeavesTheLockFree() throws SQLException {
    driver.fail("getHoldability", new IllegalStateException("driver bug"));
    assertThrows(IllegalStateException.class, connection::getHoldability);
    connection.close();
    assertEquals(1, driver.ends());
  }

  private interface Action {
    void run() throws Exception;
  }

  private Future<?> submit(Action action) {
    return threads.submit(
        () -> {
          action.run();
          return true;
        });
  }

  /** The result, or what the task threw itself. */
  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Callable<T> rethrow =
          () -> {
            if (e.getCause() instanceof Exception cause) {
              throw cause;
            }
            throw e;
          };
      return rethrow.call();
    }
  }

  private static void awaitState(AtomicReference<Thread> thread, Thread.State state) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (thread.get() == null || thread.get().getState() != state) {
      assertTrue(System.nanoTime() < deadline, "the thread never was " + state);
      Thread.onSpinWait();
    }
  }
}
