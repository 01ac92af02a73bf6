package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a statement was executed for in a checkout can be asked for when that is over, or not. */
class RemainderTest extends PortableConnectionCase {

  private Connection connection;
  private Statement statement;

  @BeforeEach
  void checkedOut() throws SQLException {
    connection = hikari.lend(hikari.open());
    statement = connection.createStatement();
  }

  private void over() {
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
  }

  private static void assertGone(Executable question) {
    SQLException gone = assertThrows(SQLException.class, question);
    assertEquals("55000", gone.getSQLState());
    assertTrue(gone.toString().contains("earlier checkout"), gone::toString);
  }

  @Test
  void anUpdateCountIsAnsweredUntilItIsMovedOn() throws SQLException {
    statement.execute("UPDATE pg_settings SET setting = setting WHERE name IN ('a', 'b')");
    statement.execute("CREATE TEMP TABLE three AS SELECT generate_series(1, 3)");
    over();
    assertEquals(3, statement.getUpdateCount());
    hikari.lend(connection);
    assertEquals(3, statement.getLargeUpdateCount());
    assertEquals(0, statement.getMaxRows());
    assertEquals(3, statement.getUpdateCount());
    assertNull(statement.getResultSet());
    assertFalse(statement.getMoreResults());
    assertEquals(-1, statement.getUpdateCount());
    assertEquals(-1, statement.getLargeUpdateCount());
    assertFalse(statement.getMoreResults());
  }

  @Test
  void rowsThatWereNotReadAreGone() throws SQLException {
    statement.execute("SELECT 1");
    over();
    assertEquals(-1, statement.getUpdateCount());
    assertGone(statement::getResultSet);
    hikari.lend(connection);
    run(connection, "SELECT 1");
    assertEquals(0, statement.getFetchSize());
    assertGone(statement::getResultSet);
    assertFalse(statement.getMoreResults());
    assertNull(statement.getResultSet());
    statement.execute("SELECT 2");
    assertTrue(statement.getResultSet().next());
  }

  @Test
  void severalResultsKeepTheirOrder() throws SQLException {
    statement.execute(
        "SELECT 1; CREATE TEMP TABLE two AS SELECT generate_series(1, 2); SELECT 2; DROP TABLE two");
    statement.getResultSet().close();
    over();
    assertNull(statement.getResultSet());
    assertFalse(statement.getMoreResults());
    assertEquals(2, statement.getUpdateCount());
    assertTrue(statement.getMoreResults());
    assertGone(statement::getResultSet);
    assertFalse(statement.getMoreResults(Statement.CLOSE_CURRENT_RESULT));
    assertEquals(0, statement.getUpdateCount());
    assertFalse(statement.getMoreResults());
    assertEquals(-1, statement.getUpdateCount());
  }

  @Test
  void warningsStayUntilTheyAreClearedOrTheStatementIsExecuted() throws SQLException {
    String warn = "DO $$BEGIN RAISE WARNING 'careful'; END$$";
    statement.execute(warn);
    over();
    assertEquals("careful", statement.getWarnings().getMessage());
    statement.clearWarnings();
    assertNull(statement.getWarnings());
    hikari.lend(connection);
    statement.execute(warn);
    over();
    hikari.lend(connection);
    assertEquals("careful", statement.getWarnings().getMessage());
    statement.execute("SELECT 1");
    assertNull(statement.getWarnings());
  }

  @Test
  void generatedKeysAreGoneWhereThereWereAny() throws SQLException {
    run(connection, "CREATE TABLE IF NOT EXISTS note (id serial, text text)");
    String insert = "INSERT INTO note (text) VALUES ('a')";
    statement.executeUpdate(insert, Statement.RETURN_GENERATED_KEYS);
    PreparedStatement prepared = connection.prepareStatement(insert, new String[] {"id"});
    prepared.addBatch();
    prepared.executeBatch();
    PreparedStatement never = connection.prepareStatement(insert, Statement.RETURN_GENERATED_KEYS);
    Statement without = connection.createStatement();
    without.executeUpdate(insert, Statement.NO_GENERATED_KEYS);
    over();
    assertEquals(1, statement.getUpdateCount());
    assertGone(statement::getGeneratedKeys);
    assertGone(prepared::getGeneratedKeys);
    for (Statement none : new Statement[] {never, without}) {
      try (ResultSet keys = none.getGeneratedKeys()) {
        assertFalse(keys.next());
      }
    }
    assertEquals(0, pool.leased());
    hikari.lend(connection);
    statement.executeUpdate(insert, Statement.RETURN_GENERATED_KEYS);
    assertTrue(statement.getGeneratedKeys().next());
  }

  @Test
  void outParametersAreGone() throws SQLException {
    CallableStatement call = connection.prepareCall("{? = call abs(?)}");
    call.registerOutParameter(1, Types.INTEGER);
    call.setInt(2, -3);
    call.execute();
    over();
    assertGone(() -> call.getInt(1));
    assertGone(() -> call.getObject(1));
    assertGone(call::wasNull);
    assertEquals(0, call.getQueryTimeout());
    hikari.lend(connection);
    call.execute();
    assertEquals(3, call.getInt(1));
  }

  @Test
  void clearingABatchLeavesTheLastExecution() throws SQLException {
    statement.execute("CREATE TEMP TABLE four AS SELECT generate_series(1, 4)");
    over();
    hikari.lend(connection);
    statement.addBatch("SELECT 1");
    statement.clearBatch();
    assertEquals(4, statement.getUpdateCount());
  }

  @Test
  void aFailedExecutionLeavesNothingOfTheOneBefore() throws SQLException {
    statement.execute("CREATE TEMP TABLE five AS SELECT generate_series(1, 5)");
    over();
    hikari.lend(connection);
    assertThrows(SQLException.class, () -> statement.execute("SELECT 1/0"));
    over();
    assertEquals(-1, statement.getUpdateCount());
  }

  @Test
  void aStatementThatClosesOnCompletionStaysAsItIs() throws SQLException {
    statement.closeOnCompletion();
    statement.execute("SELECT 1");
    over();
    assertFalse(statement.isClosed());
    assertGone(statement::getResultSet);
  }

  @Test
  void whatWasLeftIsAnsweredAfterTheConnectionsClose() throws SQLException {
    statement.execute("CREATE TEMP TABLE six AS SELECT generate_series(1, 6)");
    Statement rows = connection.createStatement();
    rows.execute("SELECT 1");
    connection.close();
    assertEquals(6, statement.getUpdateCount());
    assertThrows(SQLException.class, rows::getResultSet);
  }
}
