package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statements, metadata and result sets of a connection that loses its physical one. */
class PortableObjectsTest extends PortableConnectionCase {

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
  void anArrayCanBeReadAfterTheCheckoutAndTakesNoLease() throws SQLException {
    Connection connection = hikari.lend(hikari.open());
    Array array;
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT '{1,2}'::int[]")) {
      result.next();
      array = result.getArray(1);
    }
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
    assertEquals(2, ((Integer[]) array.getArray())[1]);
    hikari.lend(connection);
    assertEquals(1, ((Integer[]) array.getArray())[0]);
    assertEquals(0, pool.leased());
  }
}
