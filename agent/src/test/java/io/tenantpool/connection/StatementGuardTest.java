package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.SessionPool.Checkouts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL is read as the server and its driver read it, which a thousand random texts show. */
class StatementGuardTest {

  private static final List<String> FRAGMENTS =
      List.of(
          ";",
          ";",
          "'",
          "'",
          "''",
          "\"",
          "$$",
          "$x$",
          "$1",
          "--",
          "\n",
          "\r",
          "/*",
          "*/",
          "(",
          ")",
          "\\",
          "\\'",
          "E'",
          "e '",
          "U&'",
          "SELECT 1",
          "begin",
          "atomic",
          " end ",
          "case",
          "AS a",
          "create function ",
          " ",
          ", ",
          "x$y$",
          "é",
          "{d '2026-01-01'}");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ; ;",
        "SELECT 1",
        "SELECT 1;",
        "SELECT 1 ; -- done; really",
        "SELECT 1; /* ; */ ;",
        "SELECT ';' || \";\" || 'a;''b;'",
        "SELECT E'\\';' ",
        "SELECT $$ ; $$, $tag$ ; $$ ; $tag$",
        "DO $$ BEGIN PERFORM 1; PERFORM 2; END $$",
        "SELECT a$b$c FROM t; -- $b$",
        "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b)",
        "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true"
            + " THEN 1 END; END;",
        "CREATE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); END"
      })
  void oneStatementIsOne(String sql) {
    assertTrue(StatementGuard.isSingle(sql), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1; SELECT 2",
        "SELECT 1;;SELECT 2",
        "SELECT ''; DROP TABLE t --'",
        "SELECT '\\'; DROP TABLE t --'",
        "SELECT E'\\''; DROP TABLE t --'",
        "SELECT 1 -- comment\r; DROP TABLE t",
        "SELECT 1 /* /* */ ; */ ; DROP TABLE t",
        "SELECT $1$; DROP TABLE t; --$1$",
        "SELECT 1) ; DROP TABLE t",
        "WITH begin AS (SELECT 1) SELECT * FROM begin atomic; DROP TABLE t",
        "SELECT 'create function' , 1 begin atomic; DROP TABLE t",
        "CREATE TABLE function (begin int); DROP TABLE t",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END; DROP TABLE t",
        "BEGIN; COMMIT"
      })
  void severalStatementsAreSeveral(String sql) {
    assertFalse(StatementGuard.isSingle(sql), sql);
  }

  /** Whatever is taken for one statement, the server executes no second one of it. */
  @Test
  void noRandomTextHidesASecondStatement() throws SQLException {
    try (Connection connection = Postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP SEQUENCE executed");
      Random random = new Random(20261130);
      int single = 0;
      int several = 0;
      for (int i = 0; i < 3000; i++) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "" : "SELECT 1 ");
        for (int k = random.nextInt(7); k > 0; k--) {
          text.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
        }
        String begin = text.toString();
        String sql = begin + "; SELECT nextval('executed'); --" + "'\"$$$x$*/".charAt(i % 9);
        if (!StatementGuard.isSingle(sql)) {
          several++;
        } else if (SqlWords.skipSpace(begin.replace(';', ' '), 0) < begin.length()) {
          single++;
          long before = calls(connection);
          execute(connection, sql, i % 2 == 0);
          assertEquals(before, calls(connection), sql);
        }
      }
      assertTrue(single > 300 && several > 300, single + " and " + several);
    }
  }

  private static long calls(Connection connection) throws SQLException {
    return Long.parseLong(
        PortableConnectionCase.ask(
            connection, "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM executed"));
  }

  private static void execute(Connection connection, String sql, boolean conforming)
      throws SQLException {
    PortableConnectionCase.run(
        connection, "SET standard_conforming_strings = " + (conforming ? "on" : "off"));
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException mostly) {
      // Nonsense, which the server refuses.
      return;
    } finally {
      PortableConnectionCase.run(connection, "SET standard_conforming_strings = on");
    }
  }

  @Test
  void aGuardedConnectionRefusesSeveralStatementsInEveryCall() throws SQLException {
    String two = "SELECT 1; SELECT 2";
    try (OneConnectionPool pool = OneConnectionPool.ofPostgres()) {
      LeaseSource guarded =
          new LeaseSource() {
            @Override
            public Lease acquire() throws SQLException {
              return pool.acquire();
            }

            @Override
            public boolean allowsOneStatement() {
              return true;
            }
          };
      try (Connection connection = new LogicalConnections().open(guarded)) {
        refusesInEveryCall(connection, two);
        assertEquals("1", PortableConnectionCase.ask(connection, "SELECT 1;"));
      }
      try (Connection connection = new LogicalConnections().open(pool);
          Statement statement = connection.createStatement()) {
        statement.execute(two);
      }
    }
  }

  @Test
  void aGuardedConnectionOfAnApplicationPoolDoesSo() throws SQLException {
    try (SessionPool pool = SessionPool.ofPostgres().warm()) {
      pool.allowOneStatement();
      Checkouts hikari = new Checkouts(pool);
      Connection connection = hikari.lend(hikari.open());
      refusesInEveryCall(connection, "SELECT 1; SELECT 2");
      assertEquals("1", PortableConnectionCase.ask(connection, "SELECT 1;"));
      hikari.takeBack(connection);
    }
  }

  private static void refusesInEveryCall(Connection connection, String two) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      List<Executable> calls =
          List.of(
              () -> statement.execute(two),
              () -> statement.execute(two, Statement.RETURN_GENERATED_KEYS),
              () -> statement.executeQuery(two),
              () -> statement.executeUpdate(two),
              () -> statement.executeLargeUpdate(two),
              () -> statement.addBatch(two),
              () -> connection.prepareStatement(two),
              () -> connection.prepareStatement(two, new String[] {"id"}),
              () -> connection.prepareCall(two));
      for (Executable call : calls) {
        SQLException refused = assertThrows(SQLException.class, call);
        assertEquals("42601", refused.getSQLState());
        assertTrue(
            String.valueOf(refused.getMessage()).contains("tenantpool.single-statement-urls"),
            refused::toString);
      }
    }
  }
}
