package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.SessionPool.Checkouts;
import java.io.StringReader;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.util.PGobject;

/**
 * What an application pool does to set a connection up is found on every session that the
 * connection gets, as it is on the first.
 */
class JournalTest extends PortableConnectionCase {

  private static final String SETTINGS =
      "SELECT current_setting('search_path') || ' / ' || current_setting('transaction_isolation')"
          + " || ' / ' || current_setting('transaction_read_only')"
          + " || ' / ' || current_setting('application_name')"
          + " || ' / ' || coalesce(current_setting('my.tenant', true), '')"
          + " || ' / ' || current_user";

  /** Something that a set-up does. */
  interface Act {
    void on(Connection connection) throws SQLException;
  }

  record Way(String name, Act act) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Way way(String name, Act act) {
    return new Way(name, act);
  }

  private static Act sql(String... statements) {
    return c -> {
      for (String each : statements) {
        run(c, each);
      }
    };
  }

  /** A class for a type of the database. */
  public static final class Point extends PGobject {
    /** As the driver makes it. */
    public Point() {
      setType("point2");
    }
  }

  @BeforeEach
  void makeWhatSetUpsCall() throws SQLException {
    try (Connection c = Postgres.connect()) {
      run(
          c,
          "CREATE OR REPLACE FUNCTION init_session() RETURNS void LANGUAGE plpgsql AS"
              + " $$ BEGIN PERFORM set_config('search_path', 'tenant7', false); END $$");
      run(
          c,
          "CREATE OR REPLACE PROCEDURE init_procedure(tenant text) LANGUAGE plpgsql AS"
              + " $$ BEGIN PERFORM set_config('search_path', tenant, false); END $$");
      run(c, "DROP ROLE IF EXISTS set_up_role");
      run(c, "CREATE ROLE set_up_role");
      run(c, "DROP TYPE IF EXISTS point2");
      run(c, "CREATE TYPE point2 AS (x int, y int)");
    }
  }

  static Stream<Way> ways() {
    return Stream.of(
        way("execute", sql("SET search_path TO tenant7")),
        way(
            "executeUpdate without keys",
            c -> {
              try (Statement s = c.createStatement()) {
                s.executeUpdate("SET search_path TO tenant7", Statement.NO_GENERATED_KEYS);
              }
            }),
        way(
            "execute with columns of keys",
            c -> {
              try (Statement s = c.createStatement()) {
                s.execute("SET search_path TO tenant7", new String[0]);
              }
            }),
        way(
            "executeLargeUpdate",
            c -> {
              try (Statement s = c.createStatement()) {
                s.executeLargeUpdate("SET search_path TO tenant7");
              }
            }),
        way(
            "executeQuery of a function",
            c -> {
              try (Statement s = c.createStatement();
                  ResultSet r = s.executeQuery("SELECT init_session()")) {
                r.next();
              }
            }),
        way(
            "a batch",
            c -> {
              try (Statement s = c.createStatement()) {
                s.addBatch("SET my.tenant TO 'batch'");
                s.clearBatch();
                s.addBatch("SET search_path TO tenant9");
                s.addBatch("SET search_path TO tenant7");
                s.executeBatch();
              }
            }),
        way(
            "a prepared statement",
            c -> {
              try (PreparedStatement s = c.prepareStatement("SET search_path TO tenant7")) {
                s.execute();
              }
            }),
        way(
            "a prepared statement with parameters",
            c -> {
              try (PreparedStatement s = c.prepareStatement("SELECT set_config(?, ?, false)")) {
                s.setString(1, "search_path");
                s.setString(2, "tenant7");
                s.execute();
                s.setString(1, "my.tenant");
                s.setObject(2, "acme");
                s.execute();
              }
            }),
        way(
            "a prepared batch with parameters",
            c -> {
              try (PreparedStatement s = c.prepareStatement("CALL public.init_procedure(?)")) {
                s.setString(1, "tenant9");
                s.addBatch();
                s.setString(1, "tenant7");
                s.addBatch();
                s.executeLargeBatch();
              }
            }),
        way(
            "a function",
            c -> {
              try (CallableStatement s = c.prepareCall("{call init_session()}")) {
                s.execute();
              }
            }),
        way(
            "a procedure",
            c -> {
              try (CallableStatement s = c.prepareCall("call init_procedure(?)")) {
                s.setString(1, "tenant7");
                s.execute();
              }
            }),
        way(
            "the driver's own update",
            c -> ((BaseConnection) c).execSQLUpdate("SET search_path TO tenant7")),
        way(
            "the driver's own query",
            c -> {
              try (ResultSet r =
                  c.unwrap(BaseConnection.class).execSQLQuery("SELECT init_session()")) {
                r.next();
              }
            }),
        way(
            "SQL, then a schema",
            c -> {
              run(c, "SET search_path TO tenant9, public");
              c.setSchema("tenant7");
            }),
        way(
            "a schema, then SQL",
            c -> {
              c.setSchema("tenant9");
              run(c, "SET search_path TO tenant7, public");
            }),
        way(
            "an isolation by SQL, then the default",
            c -> {
              run(c, "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE");
              c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }),
        way(
            "a name, then SQL, then a name",
            c -> {
              c.setClientInfo("ApplicationName", "one");
              run(c, "SET application_name = 'two'");
              c.setClientInfo("ApplicationName", "three");
            }),
        way(
            "a temporary table, then read-only",
            c -> {
              run(c, "CREATE TEMP TABLE made_in_set_up AS SELECT 1");
              c.setReadOnly(true);
              c.setAutoCommit(false);
            }),
        way(
            "all setters around SQL",
            c -> {
              c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
              c.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
              c.setNetworkTimeout(Runnable::run, 60_000);
              run(c, "SET my.tenant = 'acme'");
              c.setNetworkTimeout(Runnable::run, 0);
              c.setSchema("tenant7");
            }),
        way("a role", sql("SET ROLE set_up_role", "SET search_path TO tenant7")),
        way("a transaction by SQL", sql("BEGIN", "SET search_path TO tenant7", "COMMIT")),
        way(
            "a transaction by SQL, rolled back",
            sql("BEGIN", "SET search_path TO tenant7", "ROLLBACK")),
        way("committed", inTransaction(Connection::commit, "SET search_path TO tenant7")),
        way("rolled back", inTransaction(Connection::rollback, "SET search_path TO tenant7")),
        way("local", inTransaction(Connection::commit, "SET LOCAL search_path TO tenant7")),
        way(
            "what needs a transaction",
            inTransaction(
                Connection::commit,
                "SET LOCAL my.tenant = 'inside'",
                "DECLARE cursor_of_set_up CURSOR FOR SELECT 1",
                "SELECT set_config('search_path', current_setting('my.tenant'), false)")),
        way("autocommit commits", inTransaction(c -> {}, "SET search_path TO tenant7")),
        way(
            "rolled back, then a read-only that no transaction bears",
            c -> {
              c.setAutoCommit(false);
              run(c, "SET search_path TO tenant9");
              c.rollback();
              c.setReadOnly(true);
              run(c, "SET search_path TO tenant7");
            }),
        way(
            "committed, then an isolation that no transaction bears",
            c -> {
              c.setAutoCommit(false);
              c.setSchema("tenant7");
              c.commit();
              c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
              run(c, "SET my.tenant = 'acme'");
            }),
        way(
            "rolled back to a savepoint",
            c -> {
              c.setAutoCommit(false);
              run(c, "SET search_path TO tenant7");
              Savepoint savepoint = c.setSavepoint();
              run(c, "SET my.tenant = 'lost'");
              c.setSchema("lost");
              c.rollback(savepoint);
              c.commit();
            }),
        way(
            "a transaction that failed",
            c -> {
              c.setAutoCommit(false);
              run(c, "SET search_path TO tenant9");
              assertThrows(SQLException.class, () -> run(c, "SELECT 1 / 0"));
              c.commit();
              run(c, "SET my.tenant = 'acme'");
              c.commit();
            }),
        way(
            "a transaction by SQL that failed",
            c -> {
              run(c, "BEGIN");
              run(c, "SET search_path TO tenant9");
              assertThrows(SQLException.class, () -> run(c, "SELECT 1 / 0"));
              run(c, "ROLLBACK");
              run(c, "SET my.tenant = 'acme'");
            }),
        way(
            "left in a transaction",
            c -> {
              c.setAutoCommit(false);
              run(c, "SET search_path TO tenant7");
            }));
  }

  private static Act inTransaction(Act end, String... statements) {
    return c -> {
      c.setAutoCommit(false);
      sql(statements).on(c);
      end.on(c);
      c.setAutoCommit(true);
    };
  }

  @ParameterizedTest
  @MethodSource("ways")
  void everySessionIsSetUpLikeTheFirst(Way way) throws SQLException {
    String asSetUp;
    try (Connection alone = Postgres.connect()) {
      way.act.on(alone);
      if (!alone.getAutoCommit()) {
        alone.commit();
      }
      asSetUp = settings(alone);
    }
    Connection one = hikari.opening();
    way.act.on(one);
    hikari.setUp(one);
    Connection two = hikari.opening();
    way.act.on(two);
    hikari.setUp(two);
    Set<Integer> sessions = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      useByAnother();
      for (Connection connection : List.of(one, two)) {
        hikari.lend(connection);
        assertEquals(asSetUp, settings(connection), "checkout " + i);
        sessions.add(backend(connection));
        hikari.takeBack(connection);
      }
    }
    // A connection that is closed may take its session along.
    assertTrue(sessions.size() >= 2, sessions::toString);
    assertEquals(List.of(), pool.pins());
    assertEquals(0, pool.leased());
  }

  private static String settings(Connection connection) throws SQLException {
    String settings = ask(connection, SETTINGS);
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
    return settings + " / " + connection.isReadOnly() + " / " + connection.getHoldability();
  }

  /** Both sessions pass through other hands. */
  private void useByAnother() throws SQLException {
    Checkouts other = new Checkouts(pool);
    Connection one = other.lend(other.open());
    Connection two = other.lend(other.open());
    assertNotEquals(backend(one), backend(two));
    assertEquals("\"$user\", public", ask(one, "SHOW search_path"));
    assertEquals("\"$user\", public", ask(two, "SHOW search_path"));
    one.close();
    two.close();
  }

  @Test
  void connectionsThatWereSetUpAlikeShareTheirSessionsAsTheyAre() throws SQLException {
    Connection one = hikari.opening();
    run(one, "SELECT 1");
    one.setReadOnly(false);
    one.setNetworkTimeout(Runnable::run, 5000);
    run(one, "SET search_path TO tenant7");
    one.setNetworkTimeout(Runnable::run, 0);
    hikari.setUp(one);
    Connection two = hikari.opening();
    run(two, "SET search_path TO tenant7");
    hikari.setUp(two);
    hikari.lend(one);
    hikari.lend(two);
    run(one, "SET my.tenant = 'left'");
    run(two, "SET my.tenant = 'left'");
    hikari.takeBack(one);
    hikari.takeBack(two);
    for (int i = 0; i < 3; i++) {
      hikari.lend(one);
      assertEquals("left", ask(one, "SHOW my.tenant"));
      hikari.takeBack(one);
    }
  }

  @Test
  void whatACheckoutSetsHoldsOverTheSetUpOnEverySession() throws SQLException {
    Connection connection = hikari.opening();
    connection.setSchema("tenant7");
    run(connection, "SET search_path TO tenant8");
    hikari.setUp(connection);
    hikari.lend(connection);
    connection.setSchema("tenant9");
    connection.setSchema("tenant7");
    hikari.takeBack(connection);
    for (int i = 0; i < 3; i++) {
      hikari.lend(connection);
      assertEquals("tenant7", ask(connection, "SHOW search_path"));
      hikari.takeBack(connection);
    }
    useByAnother();
    hikari.lend(connection);
    assertEquals("tenant7", ask(connection, "SHOW search_path"));
  }

  @Test
  void whatOneConnectionSetsDoesNotHideTheSetUpOfAnother() throws SQLException {
    Act act = sql("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE");
    Connection one = hikari.opening();
    act.on(one);
    hikari.setUp(one);
    Connection two = hikari.opening();
    act.on(two);
    hikari.setUp(two);
    for (int i = 0; i < 3; i++) {
      hikari.lend(one);
      one.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      assertEquals("read committed", ask(one, "SHOW transaction_isolation"));
      hikari.takeBack(one);
      hikari.lend(two);
      assertEquals("serializable", ask(two, "SHOW transaction_isolation"));
      hikari.takeBack(two);
    }
  }

  @Test
  void aParameterThatCanBeReadOnceKeepsTheSession() throws SQLException {
    Connection connection = hikari.opening();
    try (PreparedStatement s =
        connection.prepareStatement("SELECT set_config('my.tenant', ?, false)")) {
      s.setCharacterStream(1, new StringReader("acme"));
      s.execute();
    }
    hikari.setUp(connection);
    keepsItsSession(connection, Pin.SET_UP);
  }

  @Test
  void whatHandsTheDriversInsideOutInTheSetUpKeepsTheSession() throws SQLException {
    Connection connection = hikari.opening();
    connection.unwrap(PGConnection.class).getCopyAPI();
    run(connection, "SET my.tenant = 'acme'");
    hikari.setUp(connection);
    keepsItsSession(connection, Pin.VENDOR_CALL);
  }

  private void keepsItsSession(Connection connection, Pin first) throws SQLException {
    assertEquals(first, pool.pins().get(0));
    int backend = backend(connection);
    for (int i = 0; i < 2; i++) {
      hikari.lend(connection);
      assertEquals("acme", ask(connection, "SHOW my.tenant"));
      assertEquals(backend, backend(connection));
      hikari.takeBack(connection);
    }
    assertEquals(1, pool.leased());
    connection.close();
    assertEquals(0, pool.leased());
  }

  @Test
  void aTypeThatTheSetUpRegistersIsKnownOnEverySessionAndToNobodyElse() throws SQLException {
    Connection connection = hikari.opening();
    connection.unwrap(PGConnection.class).addDataType("point2", Point.class);
    hikari.setUp(connection);
    for (int i = 0; i < 3; i++) {
      hikari.lend(connection);
      assertEquals(Point.class, classOfPoint(connection));
      hikari.takeBack(connection);
      hikari.lend(connection);
      assertEquals(Point.class, classOfPoint(connection));
      hikari.takeBack(connection);
      Checkouts other = new Checkouts(pool);
      Connection stranger = other.lend(other.open());
      assertEquals(PGobject.class, classOfPoint(stranger));
      other.takeBack(stranger);
      stranger.close();
    }
    assertEquals(List.of(), pool.pins());
    assertEquals(0, pool.leased());
  }

  private static Class<?> classOfPoint(Connection connection) throws SQLException {
    try (Statement s = connection.createStatement();
        ResultSet r = s.executeQuery("SELECT row(1, 2)::point2")) {
      r.next();
      return r.getObject(1).getClass();
    }
  }

  @Test
  void theDriversTypeMapGoesWithTheConnectionHoweverItWasFilled() throws SQLException {
    Connection connection = hikari.opening();
    connection.createStatement().close();
    connection.getTypeMap().put("point2", Point.class);
    hikari.setUp(connection);
    for (int i = 0; i < 3; i++) {
      hikari.lend(connection);
      backend(connection);
      run(connection, "SELECT 1");
      assertEquals(Set.of("point2"), connection.getTypeMap().keySet());
      hikari.takeBack(connection);
    }
  }

  @Test
  void aSetUpThatFailsElsewhereIsToldAsTheDriverDoesAndTheSessionIsMadeClean() throws SQLException {
    run(
        Postgres.connect(),
        "CREATE OR REPLACE FUNCTION for_a_while() RETURNS int AS 'SELECT 1' LANGUAGE sql");
    Connection connection = hikari.opening();
    run(connection, "SET my.tenant = 'half'");
    run(connection, "SELECT for_a_while()");
    hikari.setUp(connection);
    useByAnother();
    run(Postgres.connect(), "DROP FUNCTION for_a_while()");
    hikari.lend(connection);
    SQLException thrown = assertThrows(SQLException.class, () -> run(connection, "SELECT 1"));
    assertEquals("42883", thrown.getSQLState());
    assertEquals(0, pool.leased());
    useByAnother();
    Checkouts other = new Checkouts(pool);
    for (int i = 0; i < 2; i++) {
      Connection stranger = other.lend(other.open());
      assertEquals("", ask(stranger, "SELECT coalesce(current_setting('my.tenant', true), '')"));
      other.takeBack(stranger);
    }
  }
}
