package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session that a login would not give any more, or not like that, is not made clean but left. */
class PostgresLoginTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  @BeforeEach
  void aRoleAndItsDatabase() throws SQLException {
    inOther("postgres", "DROP DATABASE IF EXISTS login WITH (FORCE)");
    inOther("postgres", "DROP ROLE IF EXISTS login_app");
    inOther("postgres", "CREATE DATABASE login");
    inOther("postgres", "CREATE ROLE login_app LOGIN");
  }

  private static void inOther(String database, String sql) throws SQLException {
    try (Connection connection = connect(database, "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(String database, String user) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + Postgres.port() + "/" + database, user, "");
  }

  private static DriverConnection session() throws SQLException {
    return DriverConnection.of(connect("login", "login_app"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgres | ALTER ROLE login_app NOLOGIN",
        "postgres | ALTER ROLE login_app CONNECTION LIMIT 0",
        "postgres | ALTER ROLE login_app SET search_path = 'tenant_7'",
        "postgres | ALTER ROLE login_app IN DATABASE login SET work_mem = '1MB'",
        "postgres | ALTER ROLE ALL IN DATABASE login SET work_mem = '1MB'",
        "postgres | ALTER DATABASE login SET work_mem = '1MB'",
        "postgres | REVOKE CONNECT ON DATABASE login FROM public",
        "postgres | ALTER DATABASE login CONNECTION LIMIT 0",
        "postgres | ALTER DATABASE login ALLOW_CONNECTIONS false",
        "postgres | DROP ROLE login_app",
        "postgres | ALTER ROLE login_app RENAME TO login_app_gone",
        "login | CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;"
            + "CREATE EVENT TRIGGER t ON login EXECUTE FUNCTION f()"
      })
  void aChangeFromOutsideOutdatesTheSession(String database, String change) throws SQLException {
    DriverConnection session = session();
    try {
      session.reset();
      inOther(database, change);
      session.reset();
      assertFalse(session.isOutdated(), "asked again although no time has passed");
      session.lookAgain();
      assertThrows(OutdatedSessionException.class, session::reset);
      assertTrue(session.isOutdated());
      assertFalse(session.isReusable());
    } finally {
      session.close();
      inOther("postgres", "DROP ROLE IF EXISTS login_app_gone");
    }
  }

  private final AtomicLong now = new AtomicLong();
  private final LoginAnswers answers = new LoginAnswers(now::get);

  private DriverConnection sessionOf(String account) throws SQLException {
    return DriverConnection.of(connect("login", "login_app"), null, answers.of(account));
  }

  private void assertOutdated(DriverConnection session) {
    assertThrows(OutdatedSessionException.class, session::reset);
    session.close();
  }

  /** Or the sessions of before would go on, and the one of after it be asked. */
  @Test
  void oneSessionAsksForAllThatLookAtTheSameTime() throws SQLException {
    DriverConnection first = sessionOf("a");
    first.reset();
    inOther("postgres", "ALTER ROLE login_app SET work_mem = '1MB'");
    now.addAndGet(LoginAnswers.RECENT_NANOS);
    DriverConnection second = sessionOf("a");
    DriverConnection ofAnother = sessionOf("b");
    second.reset();
    ofAnother.reset();
    assertFalse(second.isOutdated(), "it was asked though the answer was a second old");
    now.addAndGet(1);
    first.lookAgain();
    second.lookAgain();
    ofAnother.lookAgain();
    assertOutdated(first);
    inOther("postgres", "ALTER ROLE login_app RESET work_mem");
    assertOutdated(second);
    assertOutdated(ofAnother);
  }

  @Test
  void anAnswerOfLongAgoIsNone() throws SQLException {
    DriverConnection first = sessionOf("a");
    first.reset();
    inOther("postgres", "ALTER ROLE login_app SET work_mem = '1MB'");
    now.addAndGet(LoginAnswers.RECENT_NANOS + 1);
    DriverConnection second = sessionOf("a");
    second.reset();
    inOther("postgres", "ALTER ROLE login_app SET work_mem = '2MB'");
    now.addAndGet(1);
    second.lookAgain();
    assertOutdated(second);
    first.close();
  }

  @Test
  void whoIsDeniedIsNoAnswerForOthers() throws SQLException {
    DriverConnection first = sessionOf("a");
    DriverConnection second = sessionOf("a");
    inOther("postgres", "ALTER ROLE login_app NOLOGIN");
    assertOutdated(first);
    assertEquals(0, answers.size());
    assertOutdated(second);
  }

  /** Or a session would be lent on without what the trigger gives to each login. */
  @Test
  void whatThisJvmChangesEndsWhatWasSaidBefore() throws SQLException {
    DriverConnection before = sessionOf("a");
    before.reset();
    before.close();
    try (OneConnectionPool pool =
            new OneConnectionPool(
                () ->
                    DriverConnection.of(connect("login", "postgres"), null, answers.of("admin")));
        Connection administrator = new LogicalConnections().open(pool);
        Statement statement = administrator.createStatement()) {
      statement.execute(
          "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$");
      statement.execute("CREATE EVENT TRIGGER t ON login EXECUTE FUNCTION f()");
    }
    assertOutdated(sessionOf("a"));
  }

  @Test
  void aTriggerForLoginsIsSeenAtTheFirstReset() throws SQLException {
    inOther(
        "login",
        "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN "
            + "PERFORM set_config('app.tenant', '7', false); END $$");
    inOther("login", "CREATE EVENT TRIGGER t ON login EXECUTE FUNCTION f()");
    DriverConnection session = session();
    try {
      assertThrows(OutdatedSessionException.class, session::reset);
    } finally {
      session.close();
    }
    inOther("login", "ALTER EVENT TRIGGER t DISABLE");
    DriverConnection later = session();
    try {
      later.reset();
    } finally {
      later.close();
    }
  }

  @Test
  void anIdleSessionIsLookedAtWithItsSignOfLife() throws SQLException {
    DriverConnection session = session();
    DriverConnection kept = session();
    try {
      session.reset();
      kept.usedBy(new Origin("pool"), 1);
      assertTrue(session.isValid(SOON));
      inOther("postgres", "ALTER ROLE login_app NOLOGIN");
      assertTrue(session.isValid(SOON), "asked again although no time has passed");
      session.lookAgain();
      kept.lookAgain();
      assertFalse(session.isValid(SOON));
      assertTrue(session.isOutdated());
      assertTrue(kept.isValid(SOON), "a pool's own session goes on, as without the agent");
    } finally {
      session.close();
      kept.close();
    }
  }

  @Test
  void anotherTenantsChangesMeanNothing() throws SQLException {
    DriverConnection session = session();
    try {
      session.reset();
      inOther("postgres", "ALTER ROLE postgres IN DATABASE login SET work_mem = '3MB'");
      inOther("postgres", "ALTER ROLE login_app IN DATABASE postgres SET work_mem = '3MB'");
      for (int i = 0; i < 3; i++) {
        session.lookAgain();
        session.reset();
        assertTrue(session.isValid(SOON));
      }
    } finally {
      session.close();
    }
  }

  @Test
  void aSessionOfADroppedRoleCountsAsLost() throws SQLException {
    DriverConnection session = session();
    try (Statement statement = session.driverConnection().createStatement()) {
      inOther("postgres", "DROP ROLE login_app");
      inOther("postgres", "CREATE ROLE login_app LOGIN");
      SQLException gone =
          assertThrows(SQLException.class, () -> ask(statement, "SELECT current_user"));
      assertEquals("42704", gone.getSQLState());
      session.observe(gone);
      assertTrue(session.isBroken());
    } finally {
      session.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 'nothing'::regtype | 42704",
        "SET no_such_setting TO 1 | 42704",
        "DROP ROLE nobody_there | 42704",
        "DROP DATABASE nothing_there | 3D000",
        "SELECT 1/0 | 22012"
      })
  void anObjectThatIsMissingSaysNothingOfTheSession(String sql, String state) throws SQLException {
    DriverConnection session = DriverConnection.of(connect("login", "postgres"));
    try (Statement statement = session.driverConnection().createStatement()) {
      SQLException missing = assertThrows(SQLException.class, () -> statement.execute(sql));
      assertEquals(state, missing.getSQLState());
      session.observe(missing);
      assertFalse(session.isBroken());
    } finally {
      session.close();
    }
  }

  private static String ask(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
