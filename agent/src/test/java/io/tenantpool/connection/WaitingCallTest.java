package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;

/** A call for which a lease begins, and the limits that its caller has set for it. */
@Timeout(60)
class WaitingCallTest {

  private final SessionPool sessions = SessionPool.ofPostgres();
  private final FullPool pool = new FullPool(sessions);
  private @Nullable Connection connection;

  @BeforeEach
  void aConnectionInACheckoutWithoutASession() throws SQLException {
    connection = new LogicalConnections().openPooled(new Origin("test"), pool);
    PoolSide.of(connection()).setUpEnded();
    PoolSide.of(connection()).lent();
    assertEquals(0, sessions.leased());
  }

  @AfterEach
  void close() throws SQLException {
    connection().close();
    assertEquals(0, sessions.leased());
    sessions.close();
  }

  private Connection connection() {
    return Objects.requireNonNull(connection);
  }

  private CompletableFuture<Void> waitingFor(RunningQuery.Action call) throws Exception {
    pool.full();
    CompletableFuture<Void> run = RunningQuery.inBackground(call);
    pool.awaitWaiting();
    return run;
  }

  private @Nullable String freed(CompletableFuture<Void> run) throws Exception {
    pool.free();
    return RunningQuery.stateOf(run);
  }

  @Test
  void aStatementIsMadeWithoutASessionAndIsAsEverWithOne() throws Exception {
    Statement statement = connection().createStatement();
    statement.setQueryTimeout(3);
    statement.setMaxRows(2);
    PreparedStatement prepared =
        connection()
            .prepareStatement(
                "SELECT ?::int", ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
    assertSame(connection(), statement.getConnection());
    assertEquals(3, statement.getQueryTimeout());
    assertEquals(0, prepared.getFetchSize());
    assertEquals(0, sessions.leased());
    try (ResultSet rows = statement.executeQuery("SELECT generate_series(1, 9)")) {
      assertEquals(1, sessions.leased());
      assertTrue(rows.next());
      assertTrue(rows.next());
      assertFalse(rows.next(), "two rows at most");
      assertSame(statement, rows.getStatement());
    }
    assertEquals(3, statement.getQueryTimeout());
    prepared.setInt(1, 7);
    try (ResultSet rows = prepared.executeQuery()) {
      assertTrue(rows.last());
      assertEquals(7, rows.getInt(1));
    }
    statement.close();
    assertTrue(statement.isClosed());
  }

  @Test
  void whatTheDriverMayRefuseIsAskedOfTheDriver() throws Exception {
    Statement statement = connection().createStatement();
    assertThrows(SQLException.class, () -> statement.setQueryTimeout(-1));
    assertEquals(1, sessions.leased());
    PoolSide.of(connection()).returned();
    PoolSide.of(connection()).lent();
    assertEquals(0, sessions.leased());
    connection().prepareStatement("SELECT {fn abs(-1)}").close();
    assertEquals(1, sessions.leased());
  }

  @Test
  void theQueryTimeoutOfItsStatementIsALimit() throws Exception {
    Statement statement = connection().createStatement();
    statement.setQueryTimeout(2);
    pool.limitPasses();
    CompletableFuture<Void> run = waitingFor(() -> statement.execute("SELECT 1"));
    assertEquals("57014", RunningQuery.stateOf(run));
    assertEquals(WaitLimit.ofMillis(WaitEnd.QUERY_TIMEOUT, 2000), pool.limit());
    pool.free();
    assertTrue(statement.execute("SELECT 1"), "the statement lives");
  }

  @Test
  void theQueryTimeoutOfTheConnectionIsALimitOfItsStatementsAlone() throws Exception {
    connection().unwrap(PGConnection.class).setQueryTimeout(4);
    PoolSide.of(connection()).returned();
    PoolSide.of(connection()).lent();
    Statement statement = connection().createStatement();
    assertEquals(4, statement.getQueryTimeout());
    assertNull(freed(waitingFor(() -> statement.execute("SELECT 1"))));
    assertEquals(WaitLimit.ofMillis(WaitEnd.QUERY_TIMEOUT, 4000), pool.limit());
    PoolSide.of(connection()).returned();
    PoolSide.of(connection()).lent();
    assertNull(
        freed(waitingFor(() -> connection().getMetaData().getTables(null, null, "x", null))));
    assertNull(pool.limit());
  }

  @Test
  void theNetworkTimeoutIsALimitAndClosesTheConnection() throws Exception {
    connection().setNetworkTimeout(Runnable::run, 1500);
    Statement statement = connection().createStatement();
    statement.setQueryTimeout(2);
    pool.limitPasses();
    CompletableFuture<Void> run = waitingFor(() -> statement.execute("SELECT 1"));
    assertEquals("08006", RunningQuery.stateOf(run));
    assertEquals(WaitLimit.ofMillis(WaitEnd.NETWORK_TIMEOUT, 1500), pool.limit());
    assertTrue(connection().isClosed());
  }

  @Test
  void aCancelEndsTheWaitOfItsStatementAlone() throws Exception {
    Statement statement = connection().createStatement();
    Statement other = connection().createStatement();
    CompletableFuture<Void> run = waitingFor(() -> statement.execute("SELECT 1"));
    other.cancel();
    other.close();
    assertFalse(run.isDone());
    statement.cancel();
    assertEquals("57014", RunningQuery.stateOf(run));
    pool.free();
    assertTrue(statement.execute("SELECT 1"), "the next call is another one");
  }

  @Test
  void theCloseOfItsStatementEndsTheWait() throws Exception {
    Statement statement = connection().createStatement();
    CompletableFuture<Void> run = waitingFor(() -> statement.execute("SELECT 1"));
    statement.close();
    assertEquals("57014", RunningQuery.stateOf(run));
    assertTrue(statement.isClosed());
  }

  @Test
  void aCancelOfWhateverRunsEndsTheWait() throws Exception {
    CompletableFuture<Void> run = waitingFor(() -> connection().getMetaData().getCatalogs());
    ((PGConnection) connection()).cancelQuery();
    assertEquals("57014", RunningQuery.stateOf(run));
  }

  @Test
  void theCloseAndTheAbortOfTheConnectionEndTheWait() throws Exception {
    Statement statement = connection().createStatement();
    CompletableFuture<Void> run = waitingFor(() -> statement.execute("SELECT 1"));
    connection().close();
    assertEquals("08003", RunningQuery.stateOf(run));
    aConnectionInACheckoutWithoutASession();
    Statement another = connection().createStatement();
    run = waitingFor(() -> another.execute("SELECT 1"));
    connection().abort(Runnable::run);
    assertEquals("08003", RunningQuery.stateOf(run));
  }

  @Test
  void aCancelThatComesTogetherWithTheSessionEndsTheCall() throws Exception {
    Statement statement = connection().createStatement();
    pool.grantsAtLast();
    CompletableFuture<Void> run = waitingFor(() -> statement.execute("SELECT 1"));
    statement.cancel();
    assertEquals("57014", RunningQuery.stateOf(run));
    assertEquals(1, sessions.leased());
    assertTrue(statement.execute("SELECT 1"), "the next call is another one");
  }

  @Test
  void whatNeedsNoSessionIsAnsweredWhileAnotherThreadWaitsForOne() throws Exception {
    Statement statement = connection().createStatement();
    CompletableFuture<Void> run = waitingFor(() -> statement.execute("SELECT 1"));
    CompletableFuture<Void> looks =
        RunningQuery.inBackground(
            () -> {
              assertTrue(connection().getAutoCommit());
              assertFalse(connection().isReadOnly());
              assertFalse(connection().isClosed());
              assertNull(statement.getWarnings());
              assertEquals(0, statement.getQueryTimeout());
              connection().createStatement().close();
              connection().prepareStatement("SELECT 1").close();
            });
    looks.get(20, TimeUnit.SECONDS);
    assertFalse(run.isDone());
    assertNull(freed(run));
  }
}
