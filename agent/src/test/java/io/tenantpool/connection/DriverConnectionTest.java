package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

class DriverConnectionTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** The driver lets it go within the application's close, and so before any reset. */
  @Test
  void aLeaseThatEndsLetsTheDriversTimerGo() throws SQLException {
    int others = Driver.getSharedTimer().getRefCount();
    DriverConnection physical = DriverConnection.of(Postgres.connect());
    AtomicInteger atTheEnd = new AtomicInteger(-1);
    Lease lease =
        new Lease() {
          @Override
          public PhysicalConnection physical() {
            return physical;
          }

          @Override
          public void end() {
            atTheEnd.set(Driver.getSharedTimer().getRefCount());
          }

          @Override
          public void pinned(Pin cause, @Nullable StackTraceElement site) {}
        };
    try (Connection connection = new LogicalConnections().open(() -> lease);
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(20);
      statement.execute("SELECT 1");
      assertEquals(others + 1, Driver.getSharedTimer().getRefCount());
    }
    assertEquals(others, atTheEnd.get());
    physical.close();
  }

  @Test
  void anOpenPostgresConnectionIsValidAndReusable() throws SQLException {
    DriverConnection physical = DriverConnection.of(Postgres.connect());
    assertTrue(physical.isValid(Duration.ofMillis(1)));
    assertTrue(physical.isReusable());
    assertFalse(physical.isBroken());
    assertEquals(physical.driverConnection().toString(), physical.toString());
    physical.close();
    physical.close();
    assertTrue(physical.driverConnection().isClosed());
    assertTrue(physical.isBroken());
    assertFalse(physical.isReusable());
    assertFalse(physical.isValid(SECOND));
  }

  @Test
  void aRetiredConnectionIsClosedAtOnceButWasNotBroken() throws SQLException {
    DriverConnection physical = DriverConnection.of(Postgres.connect());
    physical.markHandedOut();
    physical.retire();
    assertTrue(physical.driverConnection().isClosed());
    assertFalse(physical.isReusable());
    assertFalse(physical.isBroken());
  }

  @Test
  void aConnectionThatBrokeBeforeItWasRetiredStaysBroken() throws SQLException {
    DriverConnection physical = DriverConnection.of(Postgres.connect());
    physical.markHandedOut();
    physical.driverConnection().close();
    physical.retire();
    assertTrue(physical.isBroken());
  }

  @Test
  void theServersLimitLeavesOutWhatIsReserved() throws SQLException {
    DriverConnection physical = DriverConnection.of(Postgres.connect());
    assertEquals(OptionalInt.of(57), physical.serverLimit());
    BaseConnection raw = (BaseConnection) physical.driverConnection();
    assertEquals(TransactionState.IDLE, raw.getTransactionState());
    physical.close();
    assertThrows(SQLException.class, physical::serverLimit);
  }

  @Test
  void theServersLimitIsNoneBehindAConnectionPooler() throws Exception {
    try (SilentPooler pooler = new SilentPooler();
        Connection raw = DriverManager.getConnection(pooler.url())) {
      DriverConnection physical = DriverConnection.of(raw);
      assertEquals(OptionalInt.empty(), physical.serverLimit());
      assertTrue(physical.isValid(SECOND));
      assertEquals(0, raw.getNetworkTimeout());
      physical.close();
    }
  }

  @Test
  void aFatalErrorOfTheApplicationsCallMakesItBroken() throws SQLException {
    OneConnectionPool pool = OneConnectionPool.ofPostgres();
    Connection connection = new LogicalConnections().open(pool);
    terminate(((PGConnection) connection).getBackendPID());
    SQLException thrown =
        assertThrows(SQLException.class, () -> connection.createStatement().execute("SELECT 1"));
    assertTrue(SqlStates.isFatal(thrown), thrown.getSQLState());
    connection.close();
    assertFalse(pool.keptConnection());
  }

  @Test
  void aSessionThatTheServerEndedIsNotValid() throws SQLException {
    DriverConnection physical = DriverConnection.of(Postgres.connect());
    terminate(((PGConnection) physical.driverConnection()).getBackendPID());
    assertFalse(physical.isValid(SECOND));
    assertTrue(physical.isBroken());
    physical.close();
  }

  private static void terminate(int pid) throws SQLException {
    try (Connection other = Postgres.connect();
        Statement statement = other.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT pg_terminate_backend(" + pid + ", 5000)")) {
      assertTrue(result.next());
      assertTrue(result.getBoolean(1));
    }
  }

  @Test
  void anAbortEndsTheResetOfAServerThatStoppedAnswering() throws Exception {
    try (SilencedServer server = new SilencedServer(Postgres.port())) {
      Connection raw =
          DriverManager.getConnection(
              "jdbc:postgresql://localhost:" + server.port() + "/postgres?user=postgres");
      DriverConnection physical = DriverConnection.of(raw);
      physical.reset();
      server.fallSilent();
      FutureTask<SQLException> reset =
          new FutureTask<>(() -> assertThrows(SQLException.class, physical::reset));
      Thread resetting = new Thread(reset);
      resetting.start();
      assertTrue(server.hasSwallowed(), "the server's answer to the reset");
      physical.abort();
      assertNotNull(reset.get(10, TimeUnit.SECONDS));
      assertTrue(physical.isBroken());
      physical.close();
    }
  }

  /** Passes bytes on to a server, until told to swallow its answers. */
  private static final class SilencedServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0);
    private final AtomicBoolean silent = new AtomicBoolean();
    private final CountDownLatch swallowed = new CountDownLatch(1);
    private final int target;

    SilencedServer(int target) throws Exception {
      this.target = target;
      start(this::accept);
    }

    int port() {
      return listener.getLocalPort();
    }

    void fallSilent() {
      silent.set(true);
    }

    /** Waits until an answer did not get through. */
    boolean hasSwallowed() throws InterruptedException {
      return swallowed.await(10, TimeUnit.SECONDS);
    }

    private void accept() throws Exception {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket("localhost", target);
        start(() -> copy(client.getInputStream(), server.getOutputStream(), false));
        start(() -> copy(server.getInputStream(), client.getOutputStream(), true));
      }
    }

    private void copy(InputStream in, OutputStream out, boolean canBeSilenced) throws Exception {
      byte[] bytes = new byte[8192];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (!canBeSilenced || !silent.get()) {
          out.write(bytes, 0, read);
        } else {
          swallowed.countDown();
        }
      }
      out.close();
    }

    private interface Task {
      void run() throws Exception;
    }

    private static void start(Task task) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  task.run();
                } catch (Exception e) {
                  // A socket was closed: this direction is done.
                  Thread.currentThread().interrupt();
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() throws Exception {
      listener.close();
    }
  }

  @Test
  void aDatabaseWithoutAKnownResetIsNeverReused() throws SQLException {
    StubDriver stub = new StubDriver();
    DriverConnection physical = DriverConnection.of(stub.rawConnection());
    assertFalse(physical.isReusable());
    assertFalse(physical.isBroken());
    assertTrue(physical.isValid(SECOND));
    assertEquals(OptionalInt.empty(), physical.serverLimit());
    assertThrows(SQLException.class, physical::reset);
    assertTrue(physical.isBroken());
  }

  @Test
  void aDriverThatFailsIsNotValidAndDoesNotThrow() throws SQLException {
    StubDriver stub = new StubDriver();
    DriverConnection physical = DriverConnection.of(stub.rawConnection());
    stub.fail("isValid", new IllegalStateException("driver bug"));
    assertFalse(physical.isValid(SECOND));
    assertTrue(physical.isBroken());
    DriverConnection other = DriverConnection.of(stub.rawConnection());
    stub.fail("isClosed", new SQLException("driver bug"));
    assertTrue(other.isBroken());
  }

  @Test
  void aCloseThatFailsAborts() throws SQLException {
    StubDriver stub = new StubDriver();
    DriverConnection physical = DriverConnection.of(stub.rawConnection());
    stub.fail("close", new SQLException("no"));
    physical.close();
    assertTrue(stub.calls().contains("abort"));
    assertTrue(physical.isBroken());
  }

  @Test
  void aCloseThatFindsTheDriversClassesGoneAborts() throws SQLException {
    StubDriver stub = new StubDriver();
    DriverConnection physical = DriverConnection.of(stub.rawConnection());
    stub.fail("close", new NoClassDefFoundError("java/lang/ref/Cleaner$Cleanable"));
    physical.close();
    assertTrue(stub.calls().contains("abort"));
    assertTrue(physical.isBroken());
  }

  @Test
  void aCloseWhoseAbortFailsTooDoesNotThrow() throws SQLException {
    StubDriver stub = new StubDriver();
    DriverConnection physical = DriverConnection.of(stub.rawConnection());
    stub.fail("close", new SQLException("no"));
    stub.fail("abort", new IllegalStateException("no"));
    physical.close();
    assertTrue(physical.isBroken());
  }

  @Test
  void aConnectionThatCannotBeTakenOverIsClosed() throws SQLException {
    Connection raw = Postgres.connect();
    raw.close();
    SQLException thrown = assertThrows(SQLException.class, () -> DriverConnection.of(raw));
    assertEquals("08003", thrown.getSQLState());
  }

  @Test
  void aLeaseWhosePhysicalConnectionCannotBeUsedIsEnded() {
    OneConnectionPool pool =
        new OneConnectionPool(
            () -> {
              throw new SQLException("refused", "08001");
            });
    SQLException thrown =
        assertThrows(SQLException.class, () -> new LogicalConnections().open(pool));
    assertEquals("08001", thrown.getSQLState());
    assertEquals(0, pool.ends());
    IllegalStateException bug = new IllegalStateException("bug");
    boolean[] ended = new boolean[1];
    Lease broken =
        new Lease() {
          @Override
          public PhysicalConnection physical() {
            throw bug;
          }

          @Override
          public void end() {
            ended[0] = true;
          }

          @Override
          public void pinned(Pin cause, @Nullable StackTraceElement site) {}
        };
    assertSame(
        bug,
        assertThrows(
            IllegalStateException.class, () -> new LogicalConnections().open(() -> broken)));
    assertTrue(ended[0]);
  }
}
