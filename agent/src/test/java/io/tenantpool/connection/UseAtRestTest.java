package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;

/**
 * A connection that is used while its application pool has it, as by a handle that is kept beyond a
 * request, answers as the driver does.
 */
class UseAtRestTest extends PortableConnectionCase {

  private Connection connection;

  /** The session is one of two that take turns: a call that goes to the other would be seen. */
  @BeforeEach
  void atRest() throws SQLException {
    connection = hikari.lend(hikari.open());
    run(connection, "CREATE TABLE IF NOT EXISTS note (id serial, text text)");
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
  }

  /** A use that ends in something that can be compared. */
  private interface Use {
    Object of(Connection connection) throws Exception;
  }

  private static Arguments use(String name, Use use) {
    return Arguments.of(name, use);
  }

  static Stream<Arguments> uses() {
    return Stream.of(
        use("the result set of execute", UseAtRestTest::resultSet),
        use("the result set of a prepared execute", UseAtRestTest::preparedResultSet),
        use("the update count of execute", c -> counts(c, "INSERT INTO note (text) VALUES ('a')")),
        use(
            "a count of three",
            c -> counts(c, "INSERT INTO note SELECT FROM generate_series(1, 3)")),
        use("several results", UseAtRestTest::severalResults),
        use("results told to stay", UseAtRestTest::keptResults),
        use("generated keys", UseAtRestTest::generatedKeys),
        use("generated keys of a prepared statement", UseAtRestTest::preparedKeys),
        use("generated keys of a batch", UseAtRestTest::keysOfBatch),
        use("OUT parameters", UseAtRestTest::outParameters),
        use("warnings", UseAtRestTest::warnings),
        use("a variable", c -> after(c, "SET my.own = 'x'", "SHOW my.own")),
        use("a variable set by a query", UseAtRestTest::variableByQuery),
        use("a temporary table", c -> after(c, "CREATE TEMP TABLE t AS VALUES (5)", "TABLE t")),
        use("the last value of a sequence", UseAtRestTest::lastValue),
        use("a role", c -> after(c, "SET ROLE group_role", "SELECT current_user")),
        use("a prepared statement of SQL", c -> after(c, "PREPARE p AS SELECT 7", "EXECUTE p")),
        use("a cursor", c -> after(c, "DECLARE c CURSOR WITH HOLD FOR VALUES (8), (9)", "FETCH c")),
        use("SQL of the driver's own", UseAtRestTest::execSqlUpdate),
        use("metadata", UseAtRestTest::metadata),
        use("what a prepared statement returns", UseAtRestTest::columnsBefore),
        use("its parameters", UseAtRestTest::parameters),
        use("the columns of rows that are closed", UseAtRestTest::columnsAfter),
        use("an array and a stream of rows that are closed", UseAtRestTest::arrayAndStream),
        use("a transaction", UseAtRestTest::transaction),
        use("a savepoint", UseAtRestTest::savepoint),
        use("a batch", UseAtRestTest::batch),
        use("a large object", UseAtRestTest::largeObject),
        use("the copy interface", UseAtRestTest::copy),
        use("XML", UseAtRestTest::xml),
        use("the driver's class", UseAtRestTest::unwrapped));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uses")
  void itAnswersAsTheDriver(String name, Use use) throws Exception {
    Object ours = use.of(connection);
    try (Connection raw = Postgres.connect()) {
      assertEquals(use.of(raw), ours);
    }
    if (pool.leased() > 0) {
      hikari.takeBack(hikari.lend(connection));
    }
    assertEquals(0, pool.leased(), "the pool's next return ends it");
  }

  private static Object resultSet(Connection c) throws SQLException {
    try (Statement s = c.createStatement()) {
      boolean rows = s.execute("SELECT 42");
      int count = s.getUpdateCount();
      ResultSet result = s.getResultSet();
      result.next();
      return List.of(rows, count, result.getInt(1), s.getResultSet() == result);
    }
  }

  private static Object preparedResultSet(Connection c) throws SQLException {
    try (PreparedStatement s = c.prepareStatement("SELECT ?")) {
      s.setInt(1, 43);
      boolean rows = s.execute();
      s.getResultSet().next();
      return List.of(rows, s.getResultSet().getInt(1), s.getMoreResults(), s.getUpdateCount());
    }
  }

  private static Object counts(Connection c, String sql) throws SQLException {
    try (Statement s = c.createStatement()) {
      boolean rows = s.execute(sql);
      return List.of(
          rows,
          s.getUpdateCount(),
          s.getLargeUpdateCount(),
          s.getMoreResults(),
          s.getUpdateCount());
    }
  }

  private static Object severalResults(Connection c) throws SQLException {
    try (Statement s = c.createStatement()) {
      s.execute("SELECT 1; SELECT 2; SELECT 3");
      s.getResultSet().next();
      boolean more = s.getMoreResults();
      s.getResultSet().next();
      int second = s.getResultSet().getInt(1);
      return List.of(more, second, s.getMoreResults(), s.getMoreResults());
    }
  }

  private static Object keptResults(Connection c) throws SQLException {
    try (Statement s = c.createStatement()) {
      s.execute("SELECT 1; SELECT 2");
      ResultSet first = s.getResultSet();
      boolean more = s.getMoreResults(Statement.KEEP_CURRENT_RESULT);
      s.getResultSet().close();
      first.next();
      return List.of(more, first.getInt(1));
    }
  }

  private static Object generatedKeys(Connection c) throws SQLException {
    try (Statement s = c.createStatement()) {
      int count =
          s.executeUpdate("INSERT INTO note (text) VALUES ('k')", Statement.RETURN_GENERATED_KEYS);
      return List.of(count, s.getGeneratedKeys().next(), s.getUpdateCount());
    }
  }

  private static Object preparedKeys(Connection c) throws SQLException {
    String insert = "INSERT INTO note (text) VALUES (?)";
    try (PreparedStatement s = c.prepareStatement(insert, new String[] {"text"})) {
      s.setString(1, "mine");
      s.execute();
      ResultSet keys = s.getGeneratedKeys();
      keys.next();
      return keys.getString(1);
    }
  }

  private static Object keysOfBatch(Connection c) throws SQLException {
    String insert = "INSERT INTO note (text) VALUES (?)";
    try (PreparedStatement s = c.prepareStatement(insert, new String[] {"text"})) {
      for (String text : List.of("a", "b")) {
        s.setString(1, text);
        s.addBatch();
      }
      int executed = s.executeBatch().length;
      ResultSet keys = s.getGeneratedKeys();
      keys.next();
      keys.next();
      return executed + keys.getString(1);
    }
  }

  private static Object outParameters(Connection c) throws SQLException {
    try (CallableStatement s = c.prepareCall("{? = call abs(?)}")) {
      s.registerOutParameter(1, Types.INTEGER);
      s.setInt(2, -3);
      s.execute();
      return List.of(s.getInt(1), s.wasNull());
    }
  }

  private static Object warnings(Connection c) throws SQLException {
    try (Statement s = c.createStatement()) {
      s.execute("DO $$BEGIN RAISE WARNING 'careful'; END$$");
      return String.valueOf(s.getWarnings());
    }
  }

  private static Object after(Connection c, String sql, String question) throws SQLException {
    run(c, sql);
    String answer = ask(c, question);
    return answer + ask(c, question);
  }

  private static Object variableByQuery(Connection c) throws SQLException {
    ask(c, "SELECT set_config('my.own', 'y', false)");
    return ask(c, "SHOW my.own");
  }

  private static Object lastValue(Connection c) throws SQLException {
    run(c, "INSERT INTO note (text) VALUES ('a')");
    return ask(c, "SELECT lastval() = currval('note_id_seq')");
  }

  private static Object execSqlUpdate(Connection c) throws SQLException {
    c.unwrap(BaseConnection.class).execSQLUpdate("SET my.own = 'z'");
    return ask(c, "SHOW my.own");
  }

  private static Object metadata(Connection c) throws SQLException {
    DatabaseMetaData metadata = c.getMetaData();
    try (ResultSet tables = metadata.getTables(null, "public", "item", null);
        ResultSet columns = metadata.getColumns(null, "public", "item", null)) {
      columns.next();
      tables.next();
      return tables.getString(3) + columns.getString(4);
    }
  }

  private static Object columnsBefore(Connection c) throws SQLException {
    try (PreparedStatement s = c.prepareStatement("SELECT 1 AS one, 'a'::text AS two")) {
      ResultSetMetaData columns = s.getMetaData();
      return columns.getColumnTypeName(1) + columns.getColumnLabel(2);
    }
  }

  private static Object parameters(Connection c) throws SQLException {
    try (PreparedStatement s = c.prepareStatement("SELECT ?::int, ?::text")) {
      ParameterMetaData parameters = s.getParameterMetaData();
      return parameters.getParameterCount() + parameters.getParameterTypeName(2);
    }
  }

  private static Object columnsAfter(Connection c) throws SQLException {
    ResultSetMetaData columns;
    try (Statement s = c.createStatement();
        ResultSet rows = s.executeQuery("SELECT name FROM item")) {
      columns = rows.getMetaData();
    }
    return columns.getColumnTypeName(1) + columns.isNullable(1);
  }

  private static Object arrayAndStream(Connection c) throws Exception {
    Array array;
    InputStream stream;
    try (Statement s = c.createStatement();
        ResultSet rows = s.executeQuery("SELECT ARRAY[3, 4], '\\x0506'::bytea")) {
      rows.next();
      array = rows.getArray(1);
      stream = rows.getBinaryStream(2);
    }
    try (ResultSet elements = array.getResultSet()) {
      elements.next();
      return elements.getInt(2) + stream.read();
    }
  }

  private static Object transaction(Connection c) throws SQLException {
    c.setAutoCommit(false);
    run(c, "INSERT INTO note (text) VALUES ('rolled back')");
    String within = ask(c, "SELECT count(*) FROM note WHERE text = 'rolled back'");
    c.rollback();
    String after = ask(c, "SELECT count(*) FROM note WHERE text = 'rolled back'");
    c.commit();
    c.setAutoCommit(true);
    return within + after;
  }

  private static Object savepoint(Connection c) throws SQLException {
    c.setAutoCommit(false);
    Savepoint savepoint = c.setSavepoint();
    run(c, "SET LOCAL my.own = 'gone'");
    c.rollback(savepoint);
    c.commit();
    c.setAutoCommit(true);
    return "done";
  }

  private static Object batch(Connection c) throws SQLException {
    try (Statement s = c.createStatement()) {
      s.addBatch("SET my.own = 'b'");
      s.addBatch("INSERT INTO note (text) VALUES ('a')");
      return s.executeBatch().length + ask(c, "SHOW my.own");
    }
  }

  private static Object largeObject(Connection c) throws SQLException {
    c.setAutoCommit(false);
    var api = c.unwrap(PGConnection.class).getLargeObjectAPI();
    long oid = api.createLO();
    try (var object = api.open(oid)) {
      object.write(new byte[] {1, 2});
      object.seek(0);
      return object.read(2).length;
    } finally {
      c.rollback();
      c.setAutoCommit(true);
    }
  }

  private static Object copy(Connection c) throws Exception {
    var copies = c.unwrap(PGConnection.class).getCopyAPI();
    var text = new java.io.StringWriter();
    copies.copyOut("COPY (VALUES (1)) TO STDOUT", text);
    return text.toString();
  }

  private static Object xml(Connection c) throws SQLException {
    SQLXML xml = c.createSQLXML();
    xml.setString("<a/>");
    return xml.getString();
  }

  private static Object unwrapped(Connection c) throws SQLException {
    return ask(c.unwrap(org.postgresql.jdbc.PgConnection.class), "SELECT 9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "/* ping */ SELECT 1",
        "SELECT version()",
        "SELECT count(*) FROM item",
        "",
        "ROLLBACK",
        "DISCARD ALL",
      })
  void aTestOfThePoolTakesTheSessionForAMoment(String test) throws SQLException {
    run(connection, test);
    assertEquals(0, pool.leased());
    try (PreparedStatement prepared = connection.prepareStatement(test)) {
      prepared.execute();
      hikari.takeBack(connection);
    }
    Statement kept = connection.createStatement();
    for (int i = 0; i < 2; i++) {
      if (kept.execute(test)) {
        kept.getResultSet().close();
      }
      assertEquals(0, pool.leased());
    }
    assertEquals(List.of(), pool.pins());
  }

  @Test
  void whatHoldsTheSessionIsSeenAndEndsWithTheNextReturn() throws SQLException {
    run(connection, "SET my.own = 'x'");
    assertEquals(1, pool.leased());
    assertEquals(List.of(Pin.USED_AT_REST), pool.pins());
    hikari.lend(connection);
    assertEquals("x", ask(connection, "SHOW my.own"));
    hikari.takeBack(connection);
    assertEquals(0, pool.leased());
  }

  @Test
  void rowsThatNobodyReadsHoldTheSessionUntilTheNextReturn() throws SQLException {
    Statement statement = connection.createStatement();
    statement.execute("SELECT 1");
    assertEquals(1, pool.leased());
    hikari.takeBack(hikari.lend(connection));
    assertEquals(0, pool.leased());
    assertThrows(SQLException.class, statement::getResultSet);
  }

  @Test
  void closingTheStatementOrTheConnectionEndsIt() throws SQLException {
    Statement statement = connection.createStatement();
    statement.execute("SELECT 1");
    assertEquals(1, pool.leased());
    statement.close();
    assertEquals(0, pool.leased());
    run(connection, "SET my.own = 'x'");
    assertEquals(1, pool.leased());
    connection.close();
    assertEquals(0, pool.leased());
    for (DriverConnection physical : pool.free()) {
      assertEquals(
          "",
          ask(physical.driverConnection(), "SELECT coalesce(current_setting('my.own', true), '')"));
    }
  }

  @Test
  void theSchemaAndTheCatalogAreThoseOfTheSession() throws SQLException {
    hikari.lend(connection);
    connection.setCatalog("elsewhere");
    assertEquals("postgres", connection.getCatalog());
    connection.setSchema("nowhere");
    hikari.takeBack(connection);
    assertEquals("postgres", connection.getCatalog());
    assertNull(connection.getSchema());
    connection.setCatalog("elsewhere");
    connection.setSchema("other");
    assertEquals("other", connection.getSchema());
    hikari.lend(connection);
    assertEquals("postgres", connection.getCatalog());
    run(connection, "SET search_path TO public");
    hikari.takeBack(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT current_schema()");
      statement.getResultSet().next();
      assertEquals(statement.getResultSet().getString(1), connection.getSchema());
    }
    assertEquals(0, pool.leased());
  }

  @Test
  void whatSqlMayHaveSetIsAskedOfTheSession() throws SQLException {
    assertEquals(Connection.TRANSACTION_READ_COMMITTED, connection.getTransactionIsolation());
    Connection other = hikari.opening();
    run(other, "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE");
    run(other, "SET application_name TO 'shop'");
    hikari.setUp(other);
    assertEquals(Connection.TRANSACTION_SERIALIZABLE, other.getTransactionIsolation());
    assertEquals("shop", other.getClientInfo("ApplicationName"));
    assertEquals(0, pool.leased());
  }

  @Test
  void aStatementKeepsItsObjectsOverSeveralCalls() throws SQLException {
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery("SELECT generate_series(1, 3)");
    assertSame(rows, statement.getResultSet());
    assertTrue(rows.next());
    assertFalse(rows.isClosed());
    assertNotEquals(0, pool.leased());
    rows.close();
    assertEquals(0, pool.leased());
  }
}
