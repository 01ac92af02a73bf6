package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.SessionPool.Checkouts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What a session is like goes with the logical connection, not with the physical one. */
class PortableStateTest extends PortableConnectionCase {

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
  void clientInfoIsSetAllAtOnceAndTakenBackOneByOne() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    Properties info = new Properties();
    info.setProperty("ApplicationName", "shop");
    connection.setClientInfo(info);
    backend(connection);
    hikari.takeBack(connection);
    assertEquals("shop", ask(hikari.lend(connection), "SHOW application_name"));
    connection.setClientInfo("ApplicationName", null);
    hikari.takeBack(connection);
    assertEquals("", ask(hikari.lend(connection), "SHOW application_name"));
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
  void aRollbackAfterASwitchToAutocommitDoesNotUndoTheSchema() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    connection.setAutoCommit(false);
    connection.setSchema("other");
    connection.setAutoCommit(true);
    connection.setAutoCommit(false);
    connection.rollback();
    hikari.takeBack(connection);
    hikari.lend(connection);
    assertEquals("other", connection.getSchema());
  }

  @Test
  void aRollbackToASavepointUndoesTheSchemaThatWasSetAfterIt() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    run(connection, "CREATE SCHEMA IF NOT EXISTS before");
    run(connection, "CREATE SCHEMA IF NOT EXISTS after");
    connection.setAutoCommit(false);
    connection.setSchema("before");
    Savepoint savepoint = connection.setSavepoint();
    connection.setSchema("after");
    connection.rollback(savepoint);
    connection.commit();
    hikari.takeBack(connection);
    hikari.lend(connection);
    assertEquals("before", connection.getSchema());
    connection.setSchema("after");
    connection.rollback(connection.setSavepoint());
    connection.rollback();
    hikari.takeBack(connection);
    hikari.lend(connection);
    assertEquals("before", connection.getSchema());
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

  /**
   * Agroal 1.16 forgets what it has to set back when a setter fails, for with the driver the
   * connection is lost then; it would give the next borrower a transaction that nobody commits.
   */
  @Test
  void aSessionThatIsLostBeforeThePoolHasSetEverythingBackIsLostForItsConnectionToo()
      throws SQLException {
    for (Change change : CHANGES) {
      Connection connection = hikari.lend(hikari.open());
      change.on(connection);
      terminate(connection);
      assertThrows(SQLException.class, () -> ask(connection, "SELECT 1"));
      assertThrows(SQLException.class, () -> connection.setAutoCommit(!connection.getAutoCommit()));
      hikari.takeBack(connection);
      assertFalse(connection.isValid(1), change.toString());
      assertTrue(connection.isClosed());
      assertEquals(
          "08003", assertThrows(SQLException.class, connection::createStatement).getSQLState());
      connection.close();
      assertEquals(0, pool.leased());
    }
  }

  @Test
  void aSessionThatIsLostWhenAllIsAsThePoolHasSetItUpIsReplaced() throws SQLException {
    for (Change change : CHANGES) {
      Connection connection = hikari.open();
      PoolSide.of(connection).resumeSetUp();
      change.on(connection);
      PoolSide.of(connection).setUpEnded();
      hikari.lend(connection);
      terminate(connection);
      assertThrows(SQLException.class, () -> ask(connection, "SELECT 1"));
      hikari.takeBack(connection);
      assertFalse(connection.isClosed());
      assertEquals("1", ask(hikari.lend(connection), "SELECT 1"));
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      hikari.takeBack(connection);
    }
    assertEquals(0, pool.leased());
  }

  private interface Change {
    void on(Connection connection) throws SQLException;
  }

  private static final List<Change> CHANGES =
      List.of(
          connection -> connection.setAutoCommit(false),
          connection -> connection.setReadOnly(true),
          connection -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE),
          connection -> connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT),
          connection -> connection.setSchema("other"),
          connection -> connection.setNetworkTimeout(Runnable::run, 12_345),
          connection -> connection.setClientInfo("ApplicationName", "shop"));

  private static void terminate(Connection connection) throws SQLException {
    try (Connection killer = Postgres.connect()) {
      run(killer, "SELECT pg_terminate_backend(" + backend(connection) + ", 5000)");
    }
  }
}
