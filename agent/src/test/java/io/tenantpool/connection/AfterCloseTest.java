package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Array;
import java.sql.ClientInfoStatus;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgConnection;

/** Promise 7: use after close fails as the driver's does. */
class AfterCloseTest {

  private interface Use<T> {
    Object of(T object) throws Exception;
  }

  private final OneConnectionPool pool = OneConnectionPool.ofPostgres();
  private Connection ours;
  private Connection drivers;

  @BeforeEach
  void open() throws SQLException {
    ours = new LogicalConnections().open(pool);
    drivers = Postgres.connect();
  }

  @AfterEach
  void close() throws SQLException {
    ours.close();
    drivers.close();
    pool.close();
  }

  /** The exception's SQLState and message, or what was returned. */
  private static <T> String outcome(Use<T> use, T object) throws Exception {
    try {
      Object result = use.of(object);
      return "returns " + result;
    } catch (SQLException e) {
      return e.getSQLState() + " " + e.getMessage();
    }
  }

  private static Object nothing() {
    return "nothing";
  }

  private static Map<String, Use<Connection>> usesOfAConnection() {
    Map<String, Use<Connection>> uses = new HashMap<>();
    uses.put("createStatement", Connection::createStatement);
    uses.put("prepareStatement", c -> c.prepareStatement("SELECT 1"));
    uses.put("prepareCall", c -> c.prepareCall("{call pg_sleep(0)}"));
    uses.put("nativeSQL", c -> c.nativeSQL("SELECT 1"));
    uses.put("getAutoCommit", Connection::getAutoCommit);
    uses.put("isReadOnly", Connection::isReadOnly);
    uses.put("getMetaData", Connection::getMetaData);
    uses.put("getCatalog", Connection::getCatalog);
    uses.put("getSchema", Connection::getSchema);
    uses.put("getTransactionIsolation", Connection::getTransactionIsolation);
    uses.put("getWarnings", Connection::getWarnings);
    uses.put("getTypeMap", Connection::getTypeMap);
    uses.put("getHoldability", Connection::getHoldability);
    uses.put("getNetworkTimeout", Connection::getNetworkTimeout);
    uses.put("getClientInfo", Connection::getClientInfo);
    uses.put("getClientInfo(name)", c -> c.getClientInfo("ApplicationName"));
    uses.put("createArrayOf", c -> c.createArrayOf("int4", new Object[0]));
    uses.put("createBlob", Connection::createBlob);
    uses.put("createSQLXML", Connection::createSQLXML);
    uses.put("setSavepoint", Connection::setSavepoint);
    uses.put("isClosed", Connection::isClosed);
    uses.put("isValid", c -> c.isValid(1));
    uses.put("isValid(-1)", c -> c.isValid(-1));
    uses.put("isWrapperFor", c -> c.isWrapperFor(PGConnection.class));
    uses.put("unwrap", c -> c.unwrap(PGConnection.class));
    uses.put("getCopyAPI", c -> ((PGConnection) c).getCopyAPI());
    uses.put("getNotifications", c -> ((PGConnection) c).getNotifications());
    addActionsOnAConnection(uses);
    return uses;
  }

  private static void addActionsOnAConnection(Map<String, Use<Connection>> uses) {
    uses.put("commit", c -> action(c::commit));
    uses.put("rollback", c -> action(c::rollback));
    uses.put("setAutoCommit", c -> action(() -> c.setAutoCommit(false)));
    uses.put("setReadOnly", c -> action(() -> c.setReadOnly(true)));
    uses.put("setSchema", c -> action(() -> c.setSchema("x")));
    uses.put("setCatalog", c -> action(() -> c.setCatalog("x")));
    uses.put("clearWarnings", c -> action(c::clearWarnings));
    uses.put("setTypeMap", c -> action(() -> c.setTypeMap(new HashMap<>())));
    uses.put("abort", c -> action(() -> c.abort(Runnable::run)));
    uses.put("abort(null)", c -> action(() -> c.abort(null)));
    uses.put("close", c -> action(c::close));
    uses.put("beginRequest", c -> action(c::beginRequest));
    uses.put("endRequest", c -> action(c::endRequest));
    uses.put("cancelQuery", c -> action(((PGConnection) c)::cancelQuery));
    uses.put("setNetworkTimeout", c -> action(() -> c.setNetworkTimeout(null, 1)));
    uses.put("setClientInfo", c -> action(() -> c.setClientInfo("a", "b")));
    uses.put("setPrepareThreshold", c -> action(() -> ((PGConnection) c).setPrepareThreshold(1)));
  }

  private interface Action {
    void run() throws Exception;
  }

  private static Object action(Action action) throws Exception {
    action.run();
    return nothing();
  }

  @Test
  void aClosedConnectionAnswersAsTheDrivers() throws Exception {
    ours.close();
    drivers.close();
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, Use<Connection>> use : usesOfAConnection().entrySet()) {
      String expected = outcome(use.getValue(), drivers);
      String actual = outcome(use.getValue(), ours);
      if (!expected.equals(actual)) {
        differences.add(use.getKey() + ": " + expected + " / " + actual);
      }
    }
    assertEquals(List.of(), differences);
  }

  @Test
  void clientInfoOfAClosedConnectionNamesWhatFailed() throws SQLException {
    ours.close();
    Properties info = new Properties();
    info.setProperty("ApplicationName", "x");
    SQLClientInfoException thrown =
        assertThrows(SQLClientInfoException.class, () -> ours.setClientInfo(info));
    assertEquals(
        Map.of("ApplicationName", ClientInfoStatus.REASON_UNKNOWN), thrown.getFailedProperties());
    assertTrue(thrown.getCause() instanceof SQLException);
  }

  @Test
  void aVendorCallThatCannotThrowSqlExceptionsFailsUnchecked() throws SQLException {
    ours.close();
    assertThrows(IllegalStateException.class, () -> ((PGConnection) ours).getBackendPID());
    assertThrows(IllegalStateException.class, () -> ((BaseConnection) ours).getTypeInfo());
  }

  private static Map<String, Use<Statement>> usesOfAStatement() {
    Map<String, Use<Statement>> uses = new HashMap<>();
    uses.put("executeQuery", s -> s.executeQuery("SELECT 1"));
    uses.put("execute", s -> s.execute("SELECT 1"));
    uses.put("executeUpdate", s -> s.executeUpdate("SELECT 1"));
    uses.put("getResultSet", Statement::getResultSet);
    uses.put("getUpdateCount", Statement::getUpdateCount);
    uses.put("getLargeUpdateCount", Statement::getLargeUpdateCount);
    uses.put("getMoreResults", Statement::getMoreResults);
    uses.put("getWarnings", Statement::getWarnings);
    uses.put("isClosed", Statement::isClosed);
    uses.put("isWrapperFor", s -> s.isWrapperFor(PGStatement.class));
    uses.put("isWrapperFor(String)", s -> s.isWrapperFor(String.class));
    uses.put("unwrap(String)", s -> s.unwrap(String.class));
    uses.put("cancel", s -> action(s::cancel));
    uses.put("addBatch", s -> action(() -> s.addBatch("SELECT 1")));
    uses.put("clearBatch", s -> action(s::clearBatch));
    uses.put("clearWarnings", s -> action(s::clearWarnings));
    uses.put("setFetchSize", s -> action(() -> s.setFetchSize(1)));
    uses.put("setQueryTimeout", s -> action(() -> s.setQueryTimeout(1)));
    uses.put("closeOnCompletion", s -> action(s::closeOnCompletion));
    return uses;
  }

  @Test
  void statementsOfAClosedConnectionAnswerAsTheDrivers() throws Exception {
    Statement our = ours.createStatement();
    Statement driver = drivers.createStatement();
    ours.close();
    drivers.close();
    List<String> differences = differences(our, driver);
    assertEquals(List.of(), differences);
    assertSame(ours, our.getConnection());
    assertSame(our, our.unwrap(PGStatement.class));
    our.close();
    driver.close();
    assertEquals(List.of(), differences(our, driver));
  }

  private static List<String> differences(Statement our, Statement driver) throws Exception {
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, Use<Statement>> use : usesOfAStatement().entrySet()) {
      String expected = outcome(use.getValue(), driver);
      String actual = outcome(use.getValue(), our);
      if (!expected.equals(actual)) {
        differences.add(use.getKey() + ": " + expected + " / " + actual);
      }
    }
    return differences;
  }

  @Test
  void aClosedStatementOfAnOpenConnectionAnswersAsTheDrivers() throws Exception {
    Statement our = ours.createStatement();
    Statement driver = drivers.createStatement();
    our.close();
    driver.close();
    our.close();
    assertEquals(List.of(), differences(our, driver));
  }

  @Test
  void resultSetsOfAClosedConnectionAreClosed() throws SQLException {
    ResultSet result = ours.createStatement().executeQuery("SELECT 1");
    assertTrue(result.next());
    ours.close();
    assertTrue(result.isClosed());
    SQLException thrown = assertThrows(SQLException.class, () -> result.getInt(1));
    assertEquals("55000", thrown.getSQLState());
    assertEquals("This ResultSet is closed.", thrown.getMessage());
    assertTrue(result.isWrapperFor(ResultSet.class));
    assertSame(result, result.unwrap(ResultSet.class));
    result.close();
  }

  @Test
  void whatWasReadStaysReadable() throws SQLException {
    try (Statement statement = ours.createStatement()) {
      statement.execute("CREATE TYPE mood AS ENUM ('sad', 'happy')");
    }
    Statement statement = ours.createStatement();
    ResultSet result =
        statement.executeQuery(
            "SELECT '{1,2}'::int[] AS ints, '{a,b}'::text[], '{sad}'::mood[],"
                + " '{00000000-0000-0000-0000-000000000001}'::uuid[], '<a/>'::xml");
    result.next();
    ResultSetMetaData columns = result.getMetaData();
    Array ints = result.getArray(1);
    Array texts = (Array) result.getObject(2);
    Array moods = result.getArray(3);
    Array ids = result.getArray(4);
    SQLXML xml = result.getSQLXML(5);
    statement.execute("DROP TYPE mood");
    ours.close();
    assertArrayEquals(new Integer[] {1, 2}, (Integer[]) ints.getArray());
    assertEquals("int4", ints.getBaseTypeName());
    assertArrayEquals(new String[] {"b"}, (String[]) texts.getArray(2, 1));
    assertEquals("{a,b}", texts.toString());
    assertArrayEquals(new String[] {"sad"}, (String[]) moods.getArray());
    assertArrayEquals(new UUID[] {new UUID(0, 1)}, (UUID[]) ids.getArray());
    assertEquals("<a/>", xml.getString());
    assertEquals(5, columns.getColumnCount());
    assertEquals("ints", columns.getColumnLabel(1));
    assertEquals("08003", assertThrows(SQLException.class, ints::getResultSet).getSQLState());
    assertThrows(SQLException.class, () -> columns.getColumnType(1));
    ints.free();
    assertNull(ints.getArray());
  }

  @Test
  void metaDataOfAClosedConnectionFails() throws SQLException {
    DatabaseMetaData metaData = ours.getMetaData();
    PreparedStatement prepared = ours.prepareStatement("SELECT 1");
    ours.close();
    assertSame(ours, metaData.getConnection());
    assertEquals("08003", assertThrows(SQLException.class, metaData::getSchemas).getSQLState());
    assertThrows(SQLException.class, () -> metaData.unwrap(PgConnection.class));
    assertFalse(metaData.isWrapperFor(Connection.class));
    assertEquals("08003", assertThrows(SQLException.class, prepared::executeQuery).getSQLState());
    prepared.setInt(1, 1);
    assertNull(prepared.getWarnings());
    prepared.close();
    assertTrue(prepared.isClosed());
  }
}
