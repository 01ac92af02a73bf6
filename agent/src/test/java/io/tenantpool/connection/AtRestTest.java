package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.SessionPool.Checkouts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/** What needs no physical connection gets none, and is answered as the driver would answer it. */
class AtRestTest {

  private static final SessionPool POOL = SessionPool.ofPostgres();
  private static final Checkouts CHECKOUTS = new Checkouts(POOL);
  private static Connection known;

  /** One call, with the result as it can be compared. */
  private interface Question {
    Object ask(Connection connection) throws SQLException;
  }

  @BeforeAll
  static void open() throws SQLException {
    known = CHECKOUTS.open();
    CHECKOUTS.takeBack(CHECKOUTS.lend(known));
  }

  @AfterAll
  static void close() throws SQLException {
    known.close();
    POOL.close();
  }

  private static Arguments question(String name, Question question) {
    return Arguments.of(name, question);
  }

  private static Object nothing(Connection connection, Call call) throws SQLException {
    call.on(connection);
    return "done";
  }

  private interface Call {
    void on(Connection connection) throws SQLException;
  }

  private static Arguments silent(String name, Call call) {
    return question(name, connection -> nothing(connection, call));
  }

  static Stream<Arguments> asleep() {
    return Stream.of(
        question("isValid", c -> c.isValid(1)),
        question("getAutoCommit", Connection::getAutoCommit),
        question("isReadOnly", Connection::isReadOnly),
        question("getTransactionIsolation", Connection::getTransactionIsolation),
        question("getHoldability", Connection::getHoldability),
        question("getCatalog", Connection::getCatalog),
        question("getNetworkTimeout", Connection::getNetworkTimeout),
        question("getTypeMap", Connection::getTypeMap),
        question("getClientInfo", c -> c.getClientInfo("ApplicationName")),
        question("all client info", Connection::getClientInfo),
        question("no client info", c -> String.valueOf(c.getClientInfo("Nobody"))),
        question("getWarnings", c -> String.valueOf(c.getWarnings())),
        question("isClosed", Connection::isClosed),
        question("isWrapperFor", c -> c.isWrapperFor(PGConnection.class)),
        question("isWrapperFor class", c -> c.isWrapperFor(org.postgresql.jdbc.PgConnection.class)),
        question("isWrapperFor other", c -> c.isWrapperFor(ResultSet.class)),
        silent("clearWarnings", Connection::clearWarnings),
        silent("beginRequest", Connection::beginRequest),
        silent("endRequest", Connection::endRequest),
        silent("setNetworkTimeout", c -> c.setNetworkTimeout(Runnable::run, 0)),
        silent("setReadOnly", c -> c.setReadOnly(false)),
        silent("setAutoCommit", c -> c.setAutoCommit(true)),
        silent("setHoldability", c -> c.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT)),
        silent("isolation", c -> c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED)),
        question(
            "rollback outside a transaction",
            c -> {
              c.setAutoCommit(false);
              c.rollback();
              c.commit();
              c.setAutoCommit(true);
              return "done";
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("asleep")
  void itIsAnsweredWithoutAPhysicalConnectionAsTheDriverAnswers(String name, Question question)
      throws SQLException {
    int leases = POOL.leases();
    Object answer = question.ask(known);
    assertEquals(leases, POOL.leases(), "leases");
    try (Connection raw = Postgres.connect()) {
      assertEquals(question.ask(raw), answer);
    }
  }

  static Stream<Arguments> failing() {
    return Stream.of(
        silent("commit with autocommit", Connection::commit),
        silent("rollback with autocommit", Connection::rollback),
        silent("isolation", c -> c.setTransactionIsolation(99)),
        silent("holdability", c -> c.setHoldability(99)),
        silent("network timeout", c -> c.setNetworkTimeout(Runnable::run, -1)),
        question("negative isValid", c -> c.isValid(-1)),
        silent("unwrap", c -> c.unwrap(ResultSet.class)),
        silent("savepoint with autocommit", Connection::setSavepoint));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failing")
  void whatIsWrongFailsAsTheDriverFails(String name, Question question) throws SQLException {
    SQLException ours = assertThrows(SQLException.class, () -> question.ask(known));
    try (Connection raw = Postgres.connect()) {
      SQLException drivers = assertThrows(SQLException.class, () -> question.ask(raw));
      assertEquals(drivers.getMessage(), ours.getMessage());
      assertEquals(drivers.getSQLState(), ours.getSQLState());
    }
    assertEquals(0, POOL.leased());
  }

  @Test
  void unwrapToWhatTheWrapperIsNeedsNoPhysicalConnection() throws SQLException {
    int leases = POOL.leases();
    assertTrue(known.unwrap(Wrapper.class) == known);
    assertTrue(known.unwrap(PGConnection.class) == known);
    assertEquals(leases, POOL.leases());
  }

  @Test
  void whatCannotBeKnownIsAsked() throws Exception {
    int leases = POOL.leases();
    Function<Callable<Object>, Object> quietly =
        call -> {
          try {
            return call.call();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };
    assertEquals("SELECT 1", quietly.apply(() -> known.nativeSQL("SELECT 1")));
    assertEquals(leases + 1, POOL.leases());
    assertEquals(0, POOL.leased());
    assertFalse(known.isClosed());
  }
}
