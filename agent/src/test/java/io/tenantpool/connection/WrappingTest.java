package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgStatement;

/** Promise 7: casts and unwrap work, and nothing leads to a physical object but unwrap. */
class WrappingTest {

  private final OneConnectionPool pool = OneConnectionPool.ofPostgres();
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = new LogicalConnections().open(pool);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    pool.close();
  }

  @Test
  void theConnectionHasEveryInterfaceOfTheDrivers() {
    assertInstanceOf(PGConnection.class, connection);
    assertInstanceOf(BaseConnection.class, connection);
    assertFalse(connection instanceof PgConnection);
  }

  @Test
  void whatIsMadeFromItLeadsBackToIt() throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("SELECT 1");
        CallableStatement call = connection.prepareCall("{call pg_sleep(0)}")) {
      assertInstanceOf(PGStatement.class, statement);
      assertSame(connection, statement.getConnection());
      assertSame(connection, prepared.getConnection());
      assertSame(connection, call.getConnection());
      ResultSet result = statement.executeQuery("SELECT 1, ARRAY[1, 2]");
      assertSame(statement, result.getStatement());
      assertSame(result, statement.getResultSet());
      assertInstanceOf(PGResultSetMetaData.class, result.getMetaData());
      assertTrue(result.next());
      Array array = result.getArray(2);
      assertSame(connection, array.getResultSet().getStatement().getConnection());
      assertSame(
          connection, ((Array) result.getObject(2)).getResultSet().getStatement().getConnection());
    }
  }

  @Test
  void theSameObjectOfTheDriverHasTheSameWrapper() throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    connection.createStatement().close();
    assertSame(metaData, connection.getMetaData());
    assertSame(connection, metaData.getConnection());
    try (ResultSet tables = metaData.getTables(null, null, "item", null)) {
      assertSame(connection, tables.getStatement().getConnection());
      assertSame(tables.getStatement(), tables.getStatement());
      assertSame(tables.getMetaData(), tables.getMetaData());
    }
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO item (name) VALUES ('x')", Statement.RETURN_GENERATED_KEYS);
      ResultSet keys = statement.getGeneratedKeys();
      assertNull(statement.getResultSet());
      assertSame(keys, statement.getGeneratedKeys());
      ResultSet first = statement.executeQuery("SELECT 1");
      assertNotSame(keys, first);
      assertNotSame(first, statement.executeQuery("SELECT 1"));
    }
  }

  @Test
  void aWrapperEqualsItselfAlone() throws SQLException {
    try (Statement statement = connection.createStatement();
        Statement other = connection.createStatement()) {
      assertEquals(statement, statement);
      assertNotEquals(statement, other);
      assertNotEquals(connection, null);
      assertEquals(System.identityHashCode(statement), statement.hashCode());
    }
  }

  @Test
  void textIsTheDrivers() throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement("SELECT ?::int")) {
      prepared.setInt(1, 7);
      assertTrue(prepared.toString().contains("7"), prepared.toString());
      assertTrue(connection.toString().contains("PgConnection"), connection.toString());
      connection.close();
      assertTrue(prepared.toString().contains("PgPreparedStatement@"), prepared.toString());
      assertFalse(prepared.toString().contains("7::"), prepared.toString());
    }
  }

  @Test
  void wrappersGoBackToTheDriverAsItsOwnObjects() throws SQLException {
    Array array = connection.createArrayOf("int4", new Object[] {1, 2, 3});
    Array vendorArray = ((PGConnection) connection).createArrayOf("int4", new int[] {4});
    SQLXML xml = connection.createSQLXML();
    xml.setString("<a/>");
    try (PreparedStatement prepared =
        connection.prepareStatement("SELECT ?::int[], ?::xml, ?::int[]")) {
      prepared.setArray(1, array);
      prepared.setSQLXML(2, xml);
      prepared.setObject(3, vendorArray);
      ResultSet result = prepared.executeQuery();
      assertTrue(result.next());
      assertEquals("{1,2,3}", result.getString(1));
      assertEquals("<a/>", result.getSQLXML(2).getString());
      assertEquals("{4}", result.getArray(3).toString());
    }
  }

  @Test
  void anArrayOfAnotherConnectionCanBeUsed() throws SQLException {
    try (OneConnectionPool otherPool = OneConnectionPool.ofPostgres();
        Connection other = new LogicalConnections().open(otherPool);
        PreparedStatement prepared = connection.prepareStatement("SELECT ?::int[]")) {
      prepared.setArray(1, other.createArrayOf("int4", new Object[] {5, 6}));
      ResultSet result = prepared.executeQuery();
      assertTrue(result.next());
      assertEquals("{5,6}", result.getString(1));
    }
  }

  @Test
  void savepointsPassThrough() throws SQLException {
    connection.setAutoCommit(false);
    Savepoint savepoint = connection.setSavepoint("here");
    connection.rollback(savepoint);
    connection.releaseSavepoint(savepoint);
    connection.rollback();
    assertEquals("here", connection.setSavepoint("here").getSavepointName());
  }

  @Test
  void unwrapToAnInterfaceOfTheWrapperIsTheWrapper() throws SQLException {
    assertSame(connection, connection.unwrap(PGConnection.class));
    assertSame(connection, connection.unwrap(Connection.class));
    assertTrue(connection.isWrapperFor(PGConnection.class));
    assertTrue(connection.isWrapperFor(PgConnection.class));
    assertFalse(connection.isWrapperFor(String.class));
    try (Statement statement = connection.createStatement()) {
      assertSame(statement, statement.unwrap(PGStatement.class));
    }
    assertEquals(List.of(), pool.pins());
    connection.close();
    assertTrue(pool.keptConnection());
  }

  @Test
  void unwrapToTheDriversClassPinsAndTheConnectionIsClosedAfterwards() throws SQLException {
    PgConnection raw = connection.unwrap(PgConnection.class);
    assertSame(raw, connection.unwrap(PgConnection.class));
    assertEquals(List.of(Pin.UNWRAPPED), pool.pins());
    connection.close();
    assertFalse(pool.keptConnection());
    assertTrue(raw.isClosed());
  }

  @Test
  void unwrapOfAStatementToTheDriversClassPins() throws SQLException {
    assertInstanceOf(PgStatement.class, connection.createStatement().unwrap(PgStatement.class));
    assertEquals(List.of(Pin.UNWRAPPED), pool.pins());
  }

  @Test
  void unwrapToSomethingElseFailsAsTheDriversDoes() {
    SQLException thrown = assertThrows(SQLException.class, () -> connection.unwrap(String.class));
    assertEquals("Cannot unwrap to java.lang.String", thrown.getMessage());
    assertEquals(List.of(), pool.pins());
  }

  @Test
  void aVendorObjectThatLeadsToTheSessionPins() throws Exception {
    CopyManager copy = ((PGConnection) connection).getCopyAPI();
    assertEquals(1, copy.copyIn("COPY item (name) FROM STDIN", new java.io.StringReader("y\n")));
    assertEquals(List.of(Pin.VENDOR_CALL), pool.pins());
    connection.close();
    assertFalse(pool.keptConnection());
    assertThrows(
        SQLException.class,
        () -> copy.copyIn("COPY item (name) FROM STDIN", new java.io.StringReader("y\n")));
  }

  @Test
  void harmlessVendorCallsDoNotPin() throws SQLException {
    PGConnection vendor = (PGConnection) connection;
    assertTrue(vendor.getBackendPID() > 0);
    assertEquals("'a''b'", "'" + vendor.escapeLiteral("a'b") + "'");
    assertEquals(0, vendor.getNotifications().length);
    assertEquals("UTF8", vendor.getParameterStatuses().get("CLIENT_ENCODING"));
    vendor.cancelQuery();
    vendor.setPrepareThreshold(1);
    try (ResultSet result = ((BaseConnection) connection).execSQLQuery("SELECT 1")) {
      assertSame(connection, result.getStatement().getConnection());
    }
    assertEquals(List.of(), pool.pins());
    connection.close();
    assertTrue(pool.keptConnection());
  }

  @Test
  void mapsOfTheDriverAreCopied() throws SQLException {
    Properties info = connection.getClientInfo();
    info.setProperty("ApplicationName", "changed");
    assertNotEquals("changed", connection.getClientInfo("ApplicationName"));
    assertThrows(
        UnsupportedOperationException.class,
        () -> ((PGConnection) connection).getParameterStatuses().clear());
  }

  @Test
  void theMapOfWhatTheServerReportsGoesOnWhileTheLeaseLastsAndEndsWithIt() throws SQLException {
    Map<String, String> reported = ((PGConnection) connection).getParameterStatuses();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET application_name = 'one'");
      assertEquals("one", reported.get("Application_Name"));
      statement.execute("SET application_name = 'two'");
    }
    assertEquals("two", reported.get("application_name"));
    connection.close();
    assertEquals("two", reported.get("application_name"));
    assertTrue(reported.containsKey("server_version"));
  }

  @Test
  void theDriversExceptionArrivesUnchanged() {
    SQLException thrown =
        assertThrows(SQLException.class, () -> connection.createStatement().execute("SELECT 1/0"));
    assertEquals("org.postgresql.util.PSQLException", thrown.getClass().getName());
    assertEquals("22012", thrown.getSQLState());
    assertEquals(0, pool.ends());
  }

  @Test
  void cancelFromAnotherThreadEndsTheQueryAndTheSessionServesOn() throws Exception {
    try (Statement statement = connection.createStatement()) {
      FutureTask<SQLException> query =
          new FutureTask<>(
              () ->
                  assertThrows(SQLException.class, () -> statement.execute("SELECT pg_sleep(60)")));
      Thread thread = new Thread(query);
      thread.start();
      while (!query.isDone()) {
        // The driver ignores a cancel that comes before the query has started.
        statement.cancel();
        thread.join(5);
      }
      assertEquals("57014", query.get().getSQLState());
      assertTrue(statement.execute("SELECT 1"));
    }
    connection.close();
    assertTrue(pool.keptConnection());
  }
}
