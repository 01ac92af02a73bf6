package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MereQueryTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "  -- nothing",
        "/* ping */",
        "SELECT 1",
        "select 1;",
        "/* ping */ SELECT 'x; y('",
        "SELECT version()",
        "SELECT pg_catalog.now()",
        "SELECT count(*) FROM \"Item\" WHERE id IN (1, 2)",
        "(SELECT 1)",
        "SELECT (1 + 2) * max(id) FROM item",
        "VALUES (1)",
        "SHOW search_path",
        "SELECT pg_is_in_recovery(); SELECT 1",
        "SELECT pg_advisory_unlock_all()",
        "DISCARD ALL",
        "RESET ALL; UNLISTEN *",
        "ROLLBACK",
        "BEGIN",
        "SET search_path TO DEFAULT",
        "SET SESSION AUTHORIZATION DEFAULT",
        "SET ROLE NONE",
      })
  void whatOnlyAsksOrTakesAwayLeavesNothing(String sql) {
    assertTrue(MereQuery.is(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET search_path TO other",
        "SELECT 1; SET search_path TO other",
        "RESET ALL; SET search_path TO other",
        "SELECT set_config('a.b', 'c', false)",
        "SELECT nextval('numbers')",
        "SELECT audit.count(1)",
        "SELECT \"count\"(1)",
        "SELECT * FROM take_lock()",
        "SELECT id INTO TEMP mine FROM item",
        "SELECT E'\\'' || set_config('a.b', 'c', false)",
        "SELECT 'open",
        "SELECT $$a$$",
        "SELECT \"open",
        "WITH a AS (INSERT INTO item DEFAULT VALUES RETURNING id) SELECT * FROM a",
        "INSERT INTO item (name) VALUES ('a')",
        "UPDATE item SET name = 'a'",
        "CREATE TEMP TABLE mine (n int)",
        "LISTEN jobs",
        "PREPARE a AS SELECT 1",
        "DECLARE a CURSOR WITH HOLD FOR SELECT 1",
        "SELECT pg_advisory_lock(1)",
        "EXPLAIN ANALYZE INSERT INTO item DEFAULT VALUES",
        "{call abs(1)}",
        "(",
        "SET a.b = 'DEFAULT'",
      })
  void whatMayLeaveSomethingIsNoMereQuery(String sql) {
    assertFalse(MereQuery.is(sql));
  }

  @Test
  void noSqlIsNoQuery() {
    assertFalse(MereQuery.is(null));
  }
}
