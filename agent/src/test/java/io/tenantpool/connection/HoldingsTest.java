package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.SessionPool.Checkouts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;

/** What others see of a session, or must not meet, stays with the connection that made it. */
class HoldingsTest extends PortableConnectionCase {

  private static final String LOCKED =
      "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()";

  private Connection connection;

  @BeforeEach
  void checkedOut() throws SQLException {
    connection = hikari.lend(hikari.open());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT pg_advisory_lock(1)                | SELECT pg_advisory_unlock(1)",
        "SELECT pg_try_advisory_lock(1, 2)         | SELECT pg_advisory_unlock(1, 2)",
        "SELECT pg_advisory_lock_shared(3)         | SELECT pg_advisory_unlock_shared(3)",
        "SELECT pg_try_advisory_lock_shared(4)     | SELECT pg_advisory_unlock_all()",
        "DO $$BEGIN PERFORM pg_advisory_lock(5); END$$ | DISCARD ALL"
      })
  void aLockHoldsTheSessionUntilItIsReleased(String lock, String unlock) throws SQLException {
    run(connection, lock);
    for (int i = 0; i < 3; i++) {
      hikari.takeBack(connection);
      assertEquals(1, pool.leased());
      hikari.lend(connection);
      assertEquals("1", ask(connection, LOCKED));
    }
    assertEquals(List.of(Pin.SESSION_LOCK), pool.pins());
    run(connection, unlock);
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLockIsSeenInABatchAndWithAutocommitOff(boolean autoCommit) throws SQLException {
    connection.setAutoCommit(autoCommit);
    try (var statement = connection.createStatement()) {
      statement.addBatch("DO $$BEGIN PERFORM pg_advisory_lock(5); END$$");
      statement.executeBatch();
    }
    if (!autoCommit) {
      connection.commit();
    }
    hikari.takeBack(connection);
    assertEquals(List.of(Pin.SESSION_LOCK), pool.pins());
    assertEquals(autoCommit, connection.getAutoCommit());
    assertEquals(1, pool.leased());
  }

  @Test
  void aLockTakenThroughTheDriversOwnInterfaceIsSeen() throws SQLException {
    connection
        .unwrap(BaseConnection.class)
        .execSQLUpdate("DO $$BEGIN PERFORM pg_advisory_lock(6); END$$");
    hikari.takeBack(connection);
    assertEquals(List.of(Pin.SESSION_LOCK), pool.pins());
  }

  @Test
  void aLockOfATransactionDoesNotHoldTheSession() throws SQLException {
    run(connection, "SELECT pg_advisory_xact_lock(1)");
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
    assertEquals(List.of(), pool.pins());
  }

  @Test
  void aStatementThatWasPreparedForAnotherSessionSpeaksOfItsLockInThisOne() throws SQLException {
    PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_lock(?)");
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
    hikari.lend(connection);
    lock.setInt(1, 7);
    try (ResultSet result = lock.executeQuery()) {
      assertTrue(result.next());
    }
    hikari.takeBack(connection);
    assertEquals(1, pool.leased());
    assertEquals(List.of(Pin.SESSION_LOCK), pool.pins());
  }

  @Test
  void noOtherPoolGetsTheSessionOrTheLock() throws SQLException {
    run(connection, "SELECT pg_advisory_lock(8)");
    hikari.takeBack(connection);
    Checkouts rival = new Checkouts(pool);
    for (int i = 0; i < 4; i++) {
      Connection other = rival.lend(rival.open());
      assertEquals("f", ask(other, "SELECT pg_try_advisory_lock(8)"));
      rival.takeBack(other);
    }
    assertEquals(1, pool.leased());
    connection.close();
    Connection other = rival.lend(rival.open());
    assertEquals("t", ask(other, "SELECT pg_try_advisory_lock(8)"));
  }

  @Test
  void aLockThatIsHeldWhenItsConnectionIsClosedEndsWithIt() throws SQLException {
    run(connection, "SELECT pg_advisory_lock(9)");
    connection.close();
    for (DriverConnection physical : pool.free()) {
      assertEquals("0", ask(physical.driverConnection(), LOCKED));
    }
  }

  @Test
  void aLockTakenWhileThePoolHasTheConnectionIsHeldBeyondTheNextReturn() throws SQLException {
    hikari.takeBack(connection);
    run(connection, "SELECT pg_advisory_lock(10)");
    hikari.takeBack(hikari.lend(connection));
    assertEquals(1, pool.leased());
    run(connection, "SELECT pg_advisory_unlock(10)");
    assertEquals(1, pool.leased());
    hikari.takeBack(hikari.lend(connection));
    assertEquals(0, pool.leased());
  }

  @Test
  void whoeverListensHearsBetweenCheckoutsToo() throws SQLException {
    run(connection, "LISTEN jobs");
    hikari.takeBack(connection);
    assertEquals(List.of(Pin.LISTEN), pool.pins());
    try (Connection other = Postgres.connect()) {
      run(other, "NOTIFY jobs, 'one'");
    }
    hikari.lend(connection);
    run(connection, "SELECT 1");
    assertEquals("one", connection.unwrap(PGConnection.class).getNotifications()[0].getParameter());
    run(connection, "UNLISTEN *");
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
  }

  @Test
  void aBrokenSessionIsNotAsked() throws SQLException {
    run(connection, "SELECT pg_advisory_lock(11)");
    int pid = backend(connection);
    try (Connection killer = Postgres.connect()) {
      run(killer, "SELECT pg_terminate_backend(" + pid + ", 5000)");
    }
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
  }

  @Test
  void aRoleGoesWithTheConnectionAndToNobodyElse() throws SQLException {
    Connection other = hikari.open();
    run(connection, "SET ROLE group_role");
    for (int i = 0; i < 4; i++) {
      hikari.takeBack(connection);
      assertEquals(0, pool.leased());
      hikari.lend(other);
      assertEquals("postgres", ask(other, "SELECT current_user"));
      hikari.takeBack(other);
      hikari.lend(connection);
      assertEquals("group_role", ask(connection, "SELECT current_user"));
    }
    run(connection, "RESET ROLE");
    for (int i = 0; i < 3; i++) {
      hikari.takeBack(connection);
      hikari.lend(connection);
      assertEquals("postgres", ask(connection, "SELECT current_user"));
    }
    assertEquals(List.of(), pool.pins());
  }

  @Test
  void aRoleThatARollbackOrDiscardTakesBackIsGone() throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "SET ROLE group_role");
    connection.rollback();
    hikari.takeBack(connection);
    hikari.lend(connection);
    assertEquals("postgres", ask(connection, "SELECT current_user"));
    connection.commit();
    connection.setAutoCommit(true);
    run(connection, "SET ROLE group_role");
    hikari.takeBack(connection);
    hikari.lend(connection);
    run(connection, "DISCARD ALL");
    hikari.takeBack(connection);
    hikari.lend(connection);
    assertEquals("postgres", ask(connection, "SELECT current_user"));
  }

  @Test
  void aRoleOfTheSetUpIsTheUsualOne() throws SQLException {
    Connection settled = hikari.opening();
    run(settled, "SET ROLE group_role");
    hikari.setUp(settled);
    for (int i = 0; i < 3; i++) {
      hikari.lend(settled);
      assertEquals("group_role", ask(settled, "SELECT current_user"));
      hikari.takeBack(settled);
    }
    hikari.lend(settled);
    run(settled, "RESET ROLE");
    for (int i = 0; i < 3; i++) {
      hikari.takeBack(settled);
      hikari.lend(settled);
      assertEquals("postgres", ask(settled, "SELECT current_user"));
    }
    assertEquals(List.of(), pool.pins());
  }

  @Test
  void aRoleThatCannotBeHadAnyMoreFails() throws SQLException {
    run(connection, "CREATE ROLE \"for a \"\"while\"\"\"");
    run(connection, "SET ROLE \"for a \"\"while\"\"\"");
    hikari.takeBack(connection);
    hikari.lend(connection);
    assertEquals("for a \"while\"", ask(connection, "SELECT current_user"));
    hikari.takeBack(connection);
    pool.free().forEach(DriverConnection::close);
    try (Connection raw = Postgres.connect()) {
      run(raw, "DROP ROLE \"for a \"\"while\"\"\"");
    }
    hikari.lend(connection);
    assertThrows(SQLException.class, () -> ask(connection, "SELECT current_user"));
    assertEquals(0, pool.leased());
  }

  @Test
  void anotherSessionAuthorizationHoldsTheSession() throws SQLException {
    run(connection, "SET SESSION AUTHORIZATION assuming");
    hikari.takeBack(connection);
    assertEquals(List.of(Pin.AUTHORIZATION), pool.pins());
    hikari.lend(connection);
    assertEquals("assuming", ask(connection, "SELECT session_user"));
    run(connection, "RESET SESSION AUTHORIZATION");
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
    assertFalse(connection.isClosed());
  }

  @Test
  void aSlotThatEndsWithItsSessionStaysWithTheConnectionAndGoesWithIt() throws SQLException {
    String slots = "SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'passing'";
    run(connection, "SELECT pg_create_physical_replication_slot('passing', false, true)");
    int pid = backend(connection);
    hikari.takeBack(connection);
    assertEquals(List.of(Pin.ENDS_WITH_SESSION), pool.pins());
    hikari.lend(connection);
    assertEquals("1", ask(connection, slots));
    assertEquals(pid, backend(connection));
    connection.close();
    assertEquals(0, pool.leased());
    for (DriverConnection physical : pool.free()) {
      assertNotEquals(pid, physical.driverConnection().unwrap(PGConnection.class).getBackendPID());
    }
    try (Connection raw = Postgres.connect()) {
      run(raw, "SELECT pg_terminate_backend(" + pid + ", 5000)");
      assertEquals("0", ask(raw, slots));
    }
  }
}
