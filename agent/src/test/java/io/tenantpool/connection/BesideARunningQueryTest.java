package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.SessionPool.Checkouts;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;

/**
 * What a second thread meets while a query runs on its connection: what the driver's own connection
 * answers at once a logical one answers at once, and {@code close} does what the driver's does.
 */
@Timeout(120)
class BesideARunningQueryTest {

  private final SessionPool pool = SessionPool.ofPostgres();
  private final Checkouts hikari = new Checkouts(pool);

  @BeforeEach
  void twoPhysicalConnections() throws SQLException {
    pool.warm();
  }

  @AfterEach
  void close() {
    pool.close();
  }

  private Connection direct() throws SQLException {
    return new LogicalConnections().open(() -> pool.acquire(null));
  }

  private Connection portable() throws SQLException {
    return hikari.lend(hikari.open());
  }

  /** What the driver alone is asked in the same way tells what there is to be answered. */
  @Test
  void whatTheDriverAnswersAtOnceALogicalConnectionAnswersAtOnce() throws Exception {
    Set<String> ofDriver;
    try (RunningQuery query = new RunningQuery(Postgres.connect())) {
      ofDriver = query.answeredSoon();
    }
    Set<String> known =
        new TreeSet<>(
            Set.of(
                "PGConnection.getBackendPID()",
                "PGConnection.getParameterStatus(String)",
                "Connection.getAutoCommit()",
                "Connection.getMetaData()",
                "Connection.createStatement()",
                "Connection.prepareStatement(String)",
                "Connection.prepareCall(String)",
                "Connection.isReadOnly()",
                "Connection.setNetworkTimeout(Executor, int)",
                "running Statement.getWarnings()",
                "Statement.getQueryTimeout()",
                "PreparedStatement.setString(int, String)",
                "ResultSet.getString(int)",
                "ResultSet.getObject(int)",
                "DatabaseMetaData.getURL()"));
    known.removeAll(ofDriver);
    assertEquals(Set.of(), known, "the driver was asked in the wrong way");
    assertTrue(ofDriver.size() > 400, () -> ofDriver.size() + ": " + ofDriver);
    for (Connection logical : new Connection[] {direct(), portable()}) {
      try (RunningQuery query = new RunningQuery(logical)) {
        assertEquals(Set.of(), query.unansweredOf(ofDriver));
      }
    }
  }

  @Test
  void noticesOfARunningFunctionAreSeenWhileItRuns() throws Exception {
    for (Connection connection : new Connection[] {direct(), portable()}) {
      Statement statement = connection.createStatement();
      CompletableFuture<Void> run =
          RunningQuery.inBackground(
              () ->
                  statement.execute(
                      "DO $$ BEGIN RAISE NOTICE 'half way'; PERFORM pg_sleep(60); END $$"));
      SQLWarning seen = null;
      while (seen == null && !run.isDone()) {
        seen = statement.getWarnings();
      }
      assertFalse(run.isDone(), "it came at the end");
      assertNotNull(seen);
      assertEquals("half way", seen.getMessage());
      statement.cancel();
      assertEquals("57014", RunningQuery.stateOf(run));
      connection.close();
    }
  }

  @Test
  void aStatementThatIsClosedUnderItsQueryEndsTheQuery() throws Exception {
    for (Connection connection : new Connection[] {direct(), portable()}) {
      RunningQuery query = new RunningQuery(connection);
      query.statement().close();
      assertEquals("57014", RunningQuery.stateOf(query.run()));
      assertTrue(query.statement().isClosed());
      assertEquals("1", PortableConnectionCase.ask(connection, "SELECT 1"), "the session lives");
      connection.close();
    }
  }

  @Test
  void aSettingMadeBesideAQueryIsThereInTheNextSession() throws Exception {
    Connection connection = portable();
    int first;
    try (RunningQuery query = new RunningQuery(connection)) {
      first = connection.unwrap(PGConnection.class).getBackendPID();
      connection.setNetworkTimeout(Runnable::run, 4711);
      query.prepared().setString(1, "kept");
      query.prepared().setFetchSize(7);
      query.statement().cancel();
      assertEquals("57014", RunningQuery.stateOf(query.run()));
      query.closeRows();
      hikari.takeBack(connection);
      hikari.lend(connection);
      assertFalse(
          first == PortableConnectionCase.backend(connection), "it has the same session again");
      assertEquals(4711, connection.getNetworkTimeout());
      assertEquals(7, query.prepared().getFetchSize());
      try (var rows = query.prepared().executeQuery()) {
        rows.next();
        assertEquals("kept", rows.getString(1));
      }
    }
  }

  @Test
  void aStatementMadeBesideAQueryLivesOnInTheNextSession() throws Exception {
    Connection connection = portable();
    try (RunningQuery query = new RunningQuery(connection)) {
      Statement made = connection.createStatement();
      DatabaseMetaData metaData = connection.getMetaData();
      assertSame(metaData, connection.getMetaData());
      assertSame(connection, made.getConnection());
      query.statement().cancel();
      assertEquals("57014", RunningQuery.stateOf(query.run()));
      query.closeRows();
      hikari.takeBack(connection);
      assertEquals(0, pool.leased());
      hikari.lend(connection);
      try (var rows = made.executeQuery("SELECT 5")) {
        rows.next();
        assertEquals(5, rows.getInt(1));
      }
    }
  }

  @Test
  void aConnectionThatIsReturnedUnderACallBesideKeepsItsSessionUntilThatIsOver() throws Exception {
    Connection connection = portable();
    try (RunningQuery query = new RunningQuery(connection)) {
      // The driver has it wait for the query.
      CompletableFuture<Void> beside =
          RunningQuery.inBackground(() -> connection.unwrap(PGConnection.class).getNotifications());
      query.closeRows();
      hikari.takeBack(connection);
      assertEquals(1, pool.leased());
      query.statement().cancel();
      assertEquals("57014", RunningQuery.stateOf(query.run()));
      beside.get(20, TimeUnit.SECONDS);
      assertEquals(0, pool.leased());
    }
  }

  @Test
  void aClassOfTheDriverThatIsUnwrappedBesideAQueryIsAPin() throws Exception {
    Connection connection = direct();
    try (RunningQuery query = new RunningQuery(connection)) {
      connection.unwrap(org.postgresql.jdbc.PgConnection.class);
      assertFalse(query.run().isDone());
      query.statement().cancel();
      assertEquals("57014", RunningQuery.stateOf(query.run()));
    }
    assertEquals(List.of(Pin.UNWRAPPED), pool.pins());
  }
}
