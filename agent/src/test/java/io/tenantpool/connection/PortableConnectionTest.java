package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.SessionPool.Checkouts;
import java.io.ByteArrayInputStream;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * A connection of an application pool loses its physical one at the end of a checkout and gets
 * another one at the next use, and nobody can tell.
 */
class PortableConnectionTest {

  private final SessionPool pool = SessionPool.ofPostgres();
  private final Checkouts hikari = new Checkouts(pool);

  @BeforeEach
  void twoPhysicalConnections() throws SQLException {
    pool.warm();
  }

  @AfterEach
  void close() {
    assertTrue(pool.opened() >= 2);
    pool.close();
  }

  private static int backend(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getBackendPID();
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void theLeaseBeginsAtTheFirstUseAndEndsWithTheCheckout() throws SQLException {
    Connection connection = hikari.open();
    assertEquals(0, pool.leased());
    hikari.lend(connection);
    assertEquals(0, pool.leased());
    int first = backend(connection);
    assertEquals(1, pool.leased());
    assertEquals(first, backend(connection));
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
    hikari.lend(connection);
    assertNotEquals(first, backend(connection));
    hikari.takeBack(connection);
    assertEquals(List.of(), pool.pins());
    assertFalse(connection.isClosed());
    connection.close();
    assertTrue(connection.isClosed());
  }

  @Test
  void aPoolThatUsesItOnAnotherThreadTakesTheLeaseOnThisOne() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    hikari.use(connection);
    assertEquals(1, pool.leased());
    hikari.use(connection);
    assertEquals(1, pool.leased());
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
    connection.close();
    hikari.use(connection);
    assertEquals(0, pool.leased());
    pool.fail();
    Connection other = hikari.lend(hikari.open());
    hikari.use(other);
    assertEquals(0, pool.leased());
    assertThrows(SQLException.class, other::createStatement);
  }

  @Test
  void onlyTheFirstConnectionOfAPoolKeyIsOpenedAtOnce() throws SQLException {
    hikari.open();
    int leases = pool.leases();
    for (int i = 0; i < 20; i++) {
      hikari.open();
    }
    assertEquals(1, leases);
    assertEquals(leases, pool.leases());
  }

  @Test
  void jdbcStateGoesWithTheLogicalConnection() throws SQLException {
    Connection careful = hikari.open();
    Connection plain = hikari.open();
    careful.setSchema("other");
    careful.setAutoCommit(false);
    careful.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
    careful.setReadOnly(true);
    careful.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
    careful.setNetworkTimeout(Runnable::run, 12_345);
    assertEquals(0, pool.leased());
    for (int i = 0; i < 3; i++) {
      hikari.lend(careful);
      assertEquals("serializable", ask(careful, "SHOW transaction_isolation"));
      assertEquals("on", ask(careful, "SHOW transaction_read_only"));
      assertEquals("other", careful.getSchema());
      assertEquals(12_345, careful.getNetworkTimeout());
      assertFalse(careful.getAutoCommit());
      careful.rollback();
      hikari.takeBack(careful);
      hikari.lend(plain);
      assertEquals("read committed", ask(plain, "SHOW transaction_isolation"));
      assertEquals("off", ask(plain, "SHOW transaction_read_only"));
      assertEquals("\"$user\", public", ask(plain, "SHOW search_path"));
      assertEquals(0, plain.getNetworkTimeout());
      assertEquals(ResultSet.CLOSE_CURSORS_AT_COMMIT, plain.getHoldability());
      assertTrue(plain.getAutoCommit());
      hikari.takeBack(plain);
    }
    assertEquals(0, pool.leased());
    assertEquals(List.of(), pool.pins());
  }

  @Test
  void whatASetterSetsInsideACheckoutIsThereInTheNext() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    connection.setClientInfo("ApplicationName", "shop");
    connection.setTypeMap(Map.of("t", String.class));
    connection.unwrap(PGConnection.class).setPrepareThreshold(2);
    connection.unwrap(PGConnection.class).setDefaultFetchSize(3);
    backend(connection);
    for (int i = 0; i < 3; i++) {
      hikari.takeBack(connection);
      assertEquals("shop", connection.getClientInfo("ApplicationName"));
      assertEquals("shop", connection.getClientInfo().getProperty("ApplicationName"));
      assertEquals(Map.of("t", String.class), connection.getTypeMap());
      hikari.lend(connection);
      assertEquals("shop", ask(connection, "SHOW application_name"));
      assertEquals(2, connection.unwrap(PGConnection.class).getPrepareThreshold());
      assertEquals(3, connection.unwrap(PGConnection.class).getDefaultFetchSize());
      assertEquals(Map.of("t", String.class), connection.getTypeMap());
    }
  }

  @Test
  void aSchemaSetInATransactionThatIsRolledBackIsTheOneBefore() throws SQLException {
    Connection connection = hikari.open();
    connection.setAutoCommit(false);
    for (int i = 0; i < 3; i++) {
      hikari.lend(connection);
      connection.setSchema("other");
      assertEquals("other", connection.getSchema());
      connection.rollback();
      hikari.takeBack(connection);
      hikari.lend(connection);
      assertEquals("public", connection.getSchema());
      connection.rollback();
      hikari.takeBack(connection);
    }
    hikari.lend(connection);
    connection.setSchema("other");
    connection.commit();
    hikari.takeBack(connection);
    hikari.lend(connection);
    assertEquals("other", connection.getSchema());
  }

  @Test
  void theSessionOfOnePoolIsCleanForAnother() throws SQLException {
    Connection one = hikari.lend(hikari.open());
    run(one, "SET my.tenant = 'acme'");
    hikari.takeBack(one);
    Checkouts other = new Checkouts(pool);
    for (int i = 0; i < 4; i++) {
      Connection two = other.lend(other.open());
      assertEquals("", ask(two, "SELECT coalesce(current_setting('my.tenant', true), '')"));
      other.takeBack(two);
    }
  }

  @Test
  void whatIsExecutedInTheSetUpIsThereOnEveryPhysicalConnection() throws SQLException {
    Connection connection = hikari.opening();
    connection.setAutoCommit(false);
    run(connection, "/* a test */ SELECT 1");
    run(connection, "SET my.tenant = 'acme'");
    try (PreparedStatement prepared = connection.prepareStatement("SET search_path TO other")) {
      prepared.execute();
    }
    hikari.setUp(connection);
    assertEquals(0, pool.leased());
    for (int i = 0; i < 4; i++) {
      hikari.lend(connection);
      assertEquals("acme", ask(connection, "SELECT current_setting('my.tenant', true)"));
      assertEquals("other", ask(connection, "SHOW search_path"));
      connection.rollback();
      hikari.takeBack(connection);
    }
    assertEquals(List.of(), pool.pins());
  }

  @Test
  void aSetUpThatCannotBeRepeatedKeepsItsPhysicalConnection() throws SQLException {
    Connection connection = hikari.opening();
    try (PreparedStatement prepared =
        connection.prepareStatement("SELECT set_config('my.tenant', ?, false)")) {
      prepared.setString(1, "acme");
      prepared.execute();
    }
    hikari.setUp(connection);
    assertEquals(List.of(Pin.STATEMENT), pool.pins());
    for (int i = 0; i < 2; i++) {
      hikari.lend(connection);
      assertEquals("acme", ask(connection, "SELECT current_setting('my.tenant', true)"));
      hikari.takeBack(connection);
    }
    assertEquals(1, pool.leased());
    connection.close();
    assertEquals(0, pool.leased());
  }

  @Test
  void aStatementThatThePoolKeepsIsMadeAnewWithItsParametersAndSettings() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    PreparedStatement prepared = connection.prepareStatement("SELECT ?::int, pg_backend_pid()");
    prepared.setInt(1, 42);
    prepared.setMaxRows(1);
    prepared.setQueryTimeout(9);
    int first = -1;
    for (int i = 0; i < 3; i++) {
      try (ResultSet result = prepared.executeQuery()) {
        assertTrue(result.next());
        assertEquals(42, result.getInt(1));
        assertNotEquals(first, result.getInt(2));
        first = result.getInt(2);
        assertSame(prepared, result.getStatement());
      }
      assertEquals(1, prepared.getMaxRows());
      assertEquals(9, prepared.getQueryTimeout());
      assertSame(connection, prepared.getConnection());
      hikari.takeBack(connection);
      assertEquals(0, pool.leased());
      assertFalse(prepared.isClosed());
      assertNull(prepared.getWarnings());
      assertEquals(-1, prepared.getUpdateCount());
      assertEquals(-1, prepared.getLargeUpdateCount());
      assertFalse(prepared.getMoreResults());
      assertNull(prepared.getResultSet());
      prepared.clearWarnings();
      prepared.clearBatch();
      prepared.cancel();
      assertSame(connection, prepared.getConnection());
      assertEquals(0, pool.leased());
      hikari.lend(connection);
    }
    prepared.clearParameters();
    hikari.takeBack(connection);
    hikari.lend(connection);
    assertThrows(SQLException.class, prepared::executeQuery);
    hikari.takeBack(connection);
    prepared.close();
    assertTrue(prepared.isClosed());
    SQLException closed = assertThrows(SQLException.class, prepared::executeQuery);
    assertEquals("This statement has been closed.", closed.getMessage());
    assertEquals(0, pool.leased());
  }

  @Test
  void aCallableStatementIsMadeAnewToo() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    CallableStatement call = connection.prepareCall("{? = call abs(?)}");
    call.registerOutParameter(1, Types.INTEGER);
    call.setInt(2, -3);
    for (int i = 0; i < 3; i++) {
      call.execute();
      assertEquals(3, call.getInt(1));
      hikari.takeBack(connection);
      assertEquals(0, pool.leased());
      hikari.lend(connection);
    }
  }

  @Test
  void metadataIsMadeAnew() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    DatabaseMetaData metadata = connection.getMetaData();
    for (int i = 0; i < 3; i++) {
      try (ResultSet tables = metadata.getTables(null, "public", "item", null)) {
        assertTrue(tables.next());
      }
      assertSame(connection, metadata.getConnection());
      hikari.takeBack(connection);
      assertEquals(0, pool.leased());
      hikari.lend(connection);
    }
  }

  @Test
  void anOpenResultSetKeepsItsPhysicalConnectionUntilItIsClosed() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    Statement statement = connection.createStatement();
    ResultSet result = statement.executeQuery("SELECT generate_series(1, 3)");
    assertTrue(result.next());
    hikari.takeBack(connection);
    assertEquals(1, pool.leased());
    assertEquals(List.of(Pin.RESULT_SET), pool.pins());
    assertTrue(result.next());
    assertEquals(2, result.getInt(1));
    result.close();
    assertEquals(0, pool.leased());
    assertFalse(statement.isClosed());
  }

  @Test
  void aResultSetThatItsStatementClosesDoesNotHoldTheLease() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    Statement statement = connection.createStatement();
    ResultSet result = statement.executeQuery("SELECT 1");
    statement.close();
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
    assertTrue(result.isClosed());
    SQLException closed = assertThrows(SQLException.class, result::next);
    assertEquals("This ResultSet is closed.", closed.getMessage());
  }

  @Test
  void anOpenTransactionStaysWithItsLogicalConnection() throws SQLException {
    Connection connection = hikari.open();
    connection.setAutoCommit(false);
    hikari.lend(connection);
    run(connection, "CREATE TEMP TABLE mine (n int) ON COMMIT DROP");
    hikari.takeBack(connection);
    assertEquals(1, pool.leased());
    assertEquals(List.of(Pin.TRANSACTION), pool.pins());
    hikari.lend(connection);
    assertEquals("0", ask(connection, "SELECT count(*) FROM mine"));
    connection.rollback();
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
  }

  @Test
  void aFailedTransactionIsATransaction() throws SQLException {
    Connection connection = hikari.open();
    connection.setAutoCommit(false);
    hikari.lend(connection);
    assertThrows(SQLException.class, () -> run(connection, "SELECT 1/0"));
    hikari.takeBack(connection);
    assertEquals(1, pool.leased());
    connection.rollback();
    assertEquals(0, pool.leased());
  }

  @Test
  void aBatchThatIsPendingKeepsItsPhysicalConnection() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    PreparedStatement prepared = connection.prepareStatement("SELECT set_config('a.b', ?, false)");
    prepared.setString(1, "x");
    prepared.addBatch();
    hikari.takeBack(connection);
    assertEquals(List.of(Pin.BATCH), pool.pins());
    assertEquals(1, pool.leased());
    prepared.clearBatch();
    assertEquals(0, pool.leased());
    hikari.lend(connection);
    Statement plain = connection.createStatement();
    plain.addBatch("SELECT 1/0");
    assertThrows(SQLException.class, plain::executeBatch);
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
  }

  @Test
  void aStreamThatWasSetAndNotSentKeepsItsPhysicalConnection() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    PreparedStatement prepared = connection.prepareStatement("SELECT length(?::bytea)");
    prepared.setBinaryStream(1, new ByteArrayInputStream(new byte[7]), 7);
    hikari.takeBack(connection);
    assertEquals(List.of(Pin.STATEMENT), pool.pins());
    hikari.lend(connection);
    try (ResultSet result = prepared.executeQuery()) {
      assertTrue(result.next());
      assertEquals(7, result.getInt(1));
    }
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
    hikari.lend(connection);
    assertThrows(SQLException.class, prepared::executeQuery, "the stream is spent");
  }

  @Test
  void aTestQueryOutsideACheckoutTakesNoMoreThanAMoment() throws SQLException {
    Connection connection = hikari.open();
    hikari.takeBack(hikari.lend(hikari.open()));
    Statement validation = connection.createStatement();
    assertEquals(0, pool.leased());
    for (int i = 0; i < 3; i++) {
      ResultSet result = validation.executeQuery("SELECT 1");
      assertTrue(result.next());
      assertEquals(1, pool.leased());
      result.close();
      assertEquals(0, pool.leased());
    }
    assertEquals(List.of(), pool.pins());
  }

  @Test
  void aBrokenPhysicalConnectionIsNotTheLogicalOne() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    int pid = backend(connection);
    try (Connection killer = Postgres.connect()) {
      run(killer, "SELECT pg_terminate_backend(" + pid + ", 5000)");
    }
    assertThrows(SQLException.class, () -> ask(connection, "SELECT 1"));
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
    hikari.lend(connection);
    assertNotEquals(pid, backend(connection));
  }

  @Test
  void anUnwrappedDriverConnectionIsClosedWithTheCheckout() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    var raw = connection.unwrap(org.postgresql.jdbc.PgConnection.class);
    assertFalse(raw.isClosed());
    hikari.takeBack(connection);
    assertTrue(raw.isClosed());
    assertEquals(List.of(Pin.UNWRAPPED), pool.pins());
    hikari.lend(connection);
    assertEquals("1", ask(connection, "SELECT 1"));
  }

  @Test
  void closingInATransactionLeavesACleanSession() throws SQLException {
    Connection connection = hikari.open();
    connection.setAutoCommit(false);
    hikari.lend(connection);
    run(connection, "CREATE TEMP TABLE lost (n int)");
    connection.close();
    assertEquals(0, pool.leased());
    for (DriverConnection physical : pool.free()) {
      assertFalse(physical.isInTransaction());
    }
  }

  @Test
  void closingAtRestKeepsTheSessionForItsPool() throws SQLException {
    Connection one = hikari.lend(hikari.open());
    run(one, "SET my.tenant = 'acme'");
    one.close();
    DriverConnection last = pool.free().get(pool.free().size() - 1);
    assertEquals("acme", ask(last.driverConnection(), "SELECT current_setting('my.tenant')"));
    assertTrue(one.isClosed());
    assertThrows(SQLException.class, one::createStatement);
  }

  @Test
  void abortWithoutAPhysicalConnectionClosesTheLogicalOne() throws SQLException {
    Connection connection = hikari.open();
    connection.abort(Runnable::run);
    assertTrue(connection.isClosed());
    Connection busy = hikari.lend(hikari.open());
    backend(busy);
    busy.abort(Runnable::run);
    assertTrue(busy.isClosed());
    assertEquals(0, pool.leased());
  }

  @Test
  void aSavepointIsTheTransactionsOwn() throws SQLException {
    Connection connection = hikari.open();
    connection.setAutoCommit(false);
    hikari.lend(connection);
    Savepoint savepoint = connection.setSavepoint("here");
    run(connection, "SET LOCAL my.tenant = 'acme'");
    connection.rollback(savepoint);
    connection.commit();
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
  }

  @Test
  void aPoolThatIsNeverSeenToLendKeepsItsLeasesUntilItCloses() throws SQLException {
    Checkouts wrapping = new Checkouts(pool);
    Connection connection = wrapping.open();
    assertEquals(0, pool.leased());
    run(connection, "CREATE TEMP TABLE mine (n int)");
    assertEquals(1, pool.leased());
    assertEquals("0", ask(connection, "SELECT count(*) FROM mine"));
    connection.close();
    assertEquals(0, pool.leased());
  }

  @Test
  void theLastConnectionOfAPoolToBeClosedSaysSo() throws SQLException {
    Connection one = hikari.open();
    Connection two = hikari.lend(hikari.open());
    run(two, "SELECT 1");
    two.close();
    two.close();
    assertEquals(List.of(), pool.abandoned());
    one.close();
    assertEquals(1, pool.abandoned().size());
    assertEquals("test", pool.abandoned().get(0).library());
  }

  @Test
  void aConnectionWithoutALeaseSaysSoOfItself() throws SQLException {
    Connection connection = hikari.open();
    assertTrue(connection.toString().startsWith("org.postgresql.jdbc.PgConnection@"));
    assertEquals(connection, connection);
    assertEquals(0, pool.leased());
  }
}
