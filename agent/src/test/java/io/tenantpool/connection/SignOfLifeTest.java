package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/**
 * Who asks whether a connection of an application pool is valid is told what is so now: the
 * application always, its pool while it is in doubt whether the server is there.
 */
class SignOfLifeTest extends PortableConnectionCase {

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = hikari.open();
  }

  private void terminate(DriverConnection physical) throws SQLException {
    int backend = physical.driverConnection().unwrap(PGConnection.class).getBackendPID();
    try (Connection administrator = Postgres.connect()) {
      ask(administrator, "SELECT pg_terminate_backend(" + backend + ", 10000)");
    }
  }

  @Test
  void theApplicationIsAnsweredByTheServer() throws SQLException {
    hikari.lend(connection);
    int leases = pool.leases();
    assertTrue(connection.isValid(1));
    assertEquals(leases + 1, pool.leases());
  }

  @Test
  void thePoolIsAnsweredFromMemory() throws SQLException {
    int leases = pool.leases();
    assertTrue(connection.isValid(1));
    assertEquals(leases, pool.leases());
  }

  @ParameterizedTest
  @ValueSource(strings = {"08001", "57P03", "28P01", "XX000"})
  void theApplicationIsToldNoWhenNoSessionCanBeHad(String sqlState) throws SQLException {
    hikari.lend(connection);
    pool.fail(sqlState);
    assertFalse(connection.isValid(1));
    assertFalse(connection.isClosed());
  }

  /** Some pools test what they have lent, and the test must not cost them a session each. */
  @Test
  void whoeverAsksIsToldYesWhileOnlyAllSessionsAreInUseAndHoldsNone() throws SQLException {
    hikari.lend(connection);
    assertTrue(connection.isValid(1));
    assertEquals(0, pool.leased());
    pool.fail("53300");
    assertTrue(connection.isValid(1));
  }

  /** Nobody knows what such a driver has left on its wire. */
  @Test
  void aSessionWhoseDriverThrowsWhatItMustNotIsBroken() throws SQLException {
    Connection hostile =
        (Connection)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, args) ->
                    switch (method.getName()) {
                      case "getAutoCommit" -> true;
                      case "isClosed" -> false;
                      case "isValid" -> throw new IllegalStateException("a driver's bug");
                      default -> null;
                    });
    DriverConnection physical = DriverConnection.of(hostile);
    assertThrows(IllegalStateException.class, () -> SignOfLife.of(physical, 1));
    assertTrue(physical.isBroken());
  }

  @Test
  void aNegativeTimeoutIsWrongAsInTheDriver() throws SQLException {
    hikari.lend(connection);
    SQLException wrong = assertThrows(SQLException.class, () -> connection.isValid(-1));
    assertEquals(SqlStates.INVALID_PARAMETER_VALUE, wrong.getSQLState());
  }

  @Test
  void theQuestionLeavesNoTransactionBehind() throws SQLException {
    connection.setAutoCommit(false);
    hikari.lend(connection);
    assertTrue(connection.isValid(1));
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
    assertFalse(connection.getAutoCommit());
  }

  @Test
  void aSessionThatIsGoneIsReplacedByOneThatAnswers() throws SQLException {
    hikari.lend(connection);
    terminate(pool.free().get(0));
    assertTrue(connection.isValid(1));
    assertEquals("1", ask(connection, "SELECT 1"));
  }

  @Test
  void whileTheServerIsInDoubtThePoolsTestAsksAndGivesTheSessionBack() throws SQLException {
    pool.server().doubt();
    int leases = pool.leases();
    assertTrue(connection.isValid(1));
    assertEquals(leases + 1, pool.leases());
    assertEquals(0, pool.leased());
    assertTrue(connection.isValid(1));
    assertEquals(leases + 1, pool.leases(), "the answer has ended the doubt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"08001", "08006", "57P03", "28P01"})
  void thePoolIsToldNoWhileTheServerCannotBeReached(String sqlState) throws SQLException {
    pool.server().doubt();
    pool.fail(sqlState);
    assertFalse(connection.isValid(1));
    assertFalse(connection.isValid(1), "and goes on asking");
  }

  @Test
  void thePoolKeepsItsConnectionsWhileAllSessionsAreInUse() throws SQLException {
    pool.server().doubt();
    pool.fail("53300");
    assertTrue(connection.isValid(1));
  }

  @Test
  void afterAFailedConnectNewConnectionsAreReallyOpened() throws SQLException {
    hikari.lend(connection);
    pool.fail("08001");
    assertThrows(SQLException.class, () -> ask(connection, "SELECT 1"));
    SQLException refused = assertThrows(SQLException.class, hikari::opening);
    assertEquals("08001", refused.getSQLState());
  }

  @Test
  void afterALostSessionNewConnectionsAreReallyOpenedUntilOneIs() throws SQLException {
    hikari.lend(connection);
    ask(connection, "SELECT 1");
    SQLException lost =
        assertThrows(
            SQLException.class,
            () -> ask(connection, "SELECT pg_terminate_backend(pg_backend_pid())"));
    assertEquals("57P01", lost.getSQLState());
    hikari.takeBack(connection);
    int leases = pool.leases();
    Connection opened = hikari.open();
    assertEquals(leases + 1, pool.leases());
    assertEquals(0, pool.leased());
    hikari.open();
    assertEquals(leases + 1, pool.leases());
    opened.close();
  }

  @Test
  void aConnectionThatCouldNotBeOpenedLeavesNothing() throws SQLException {
    pool.server().doubt();
    pool.free().forEach(PhysicalConnection::close);
    assertThrows(SQLException.class, hikari::opening);
    assertEquals(0, pool.leased());
  }

  @Test
  void aSetUpThatMeetsALostSessionIsDoneOnAnother() throws SQLException {
    Connection settingUp = hikari.opening();
    run(settingUp, "SET work_mem = '77MB'");
    hikari.setUp(settingUp);
    hikari.takeBack(hikari.lend(connection));
    hikari.lend(settingUp);
    terminate(pool.free().get(0));
    assertEquals("77MB", ask(settingUp, "SHOW work_mem"));
  }

  @Test
  void aYesFromMemoryIsKeptToAtTheFirstUse() throws SQLException {
    assertTrue(connection.isValid(1));
    hikari.lend(connection);
    terminate(pool.free().get(0));
    assertEquals("1", ask(connection, "SELECT 1"));
  }

  @Test
  void aPoolThatDoesNotAskMeetsWhatItWouldMeetWithoutTheAgent() throws SQLException {
    hikari.lend(connection);
    terminate(pool.free().get(0));
    SQLException lost = assertThrows(SQLException.class, () -> ask(connection, "SELECT 1"));
    assertEquals("57P01", lost.getSQLState());
  }
}
