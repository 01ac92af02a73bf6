package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator's SQL means for the sessions that nobody uses just now. */
class AdministrativeSqlTest {

  private static AdministrativeSql of(String sql) {
    AdministrativeSql found = AdministrativeSql.of(sql);
    assertNotNull(found, sql);
    return found;
  }

  private static @Nullable SessionFilter databases(String... names) {
    return new SessionFilter(Set.of(names), null, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "drop database acme | acme",
        "DROP DATABASE IF EXISTS Acme WITH (FORCE) | acme",
        "drop database \"Acme \"\" 1\" | Acme \" 1",
        "  /* a /* nested */ comment */ drop /* x */ database acme; | acme",
        "alter database acme rename to other | acme",
        "alter database acme set tablespace fast | acme",
        "create database copy template acme | acme",
        "create database copy with owner = o TEMPLATE = \"acme\" strategy wal_log | acme",
        "create database copy | template1",
        "create database copy template default | template1",
        "create database \"template\" owner template_owner | template1"
      })
  void aStatementThatNeedsADatabaseAloneNamesIt(String sql, String database) {
    AdministrativeSql found = of(sql);
    assertEquals(databases(database), found.inTheWay());
    assertNull(found.outdated());
    assertTrue(found.isSingle());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alter database acme set statement_timeout = '7s' | acme",
        "alter database acme reset all | acme",
        "alter database acme allow_connections false | acme",
        "alter database acme with connection limit 3 | acme",
        "alter database \"Acme\" owner to boss | Acme",
        "revoke connect on database acme from public | acme",
        "revoke all privileges on database acme, books from app | acme,books",
        "Revoke Grant Option For CONNECT ON DATABASE acme FROM app | acme"
      })
  void aChangeOfADatabaseOutdatesItsSessions(String sql, String names) {
    AdministrativeSql found = of(sql);
    assertNull(found.inTheWay());
    assertEquals(databases(names.split(",", -1)), found.outdated());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alter role app set search_path = x | app",
        "alter role app in database acme set search_path = x | app",
        "ALTER USER \"App\" NOLOGIN | App",
        "alter role app connection limit 0 | app",
        "alter role app password 'drop database x' | app",
        "create role app login | app",
        "create user app in role staff | app"
      })
  void aChangeOfARoleOutdatesItsSessions(String sql, String user) {
    AdministrativeSql found = of(sql);
    assertNull(found.inTheWay());
    assertEquals(new SessionFilter(null, Set.of(user), false), found.outdated());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter role all set work_mem = '1MB'",
        "alter role current_user set work_mem = '1MB'",
        "alter role U&\"d\\0061t\" nologin",
        "alter group staff drop user app",
        "alter system set port = 7",
        "revoke staff from app",
        "revoke set on parameter work_mem from app",
        "select pg_reload_conf()",
        "SELECT pg_catalog.pg_reload_conf()",
        "update pg_database set datallowconn = false where datname = 'acme'",
        "UPDATE pg_catalog.pg_authid set rolcanlogin = false",
        "delete from pg_db_role_setting",
        "do $$ begin execute 'alter role app nologin'; end $$"
      })
  void whereNobodyCanBeNamedAllSessionsAreOutdated(String sql) {
    AdministrativeSql found = of(sql);
    assertNull(found.inTheWay());
    assertEquals(SessionFilter.ALL, found.outdated());
  }

  @Test
  void aRoleThatGoesTakesItsIdleSessionsAlong() {
    for (String sql : new String[] {"drop role if exists a, \"B\"", "drop user a , \"B\""}) {
      assertEquals(new SessionFilter(null, Set.of("a", "B"), false), of(sql).inTheWay());
      assertEquals(SessionFilter.ALL, of(sql).outdated());
    }
    SessionFilter ofA = new SessionFilter(null, Set.of("a"), false);
    assertEquals(ofA, of("reassign owned by a to b").inTheWay());
    assertEquals(ofA, of("drop owned by a cascade").inTheWay());
    assertEquals(SessionFilter.ALL, of("drop owned by current_user").inTheWay());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create event trigger t on login",
        "ALTER event trigger t disable",
        "Drop event trigger t",
        "drop type if exists mood cascade",
        "alter type mood rename to temper",
        "drop domain d",
        "drop schema s cascade",
        "drop extension hstore"
      })
  void anEventTriggerOrATypeConcernsTheDatabaseOfItsSession(String sql) {
    SessionFilter found = of(sql).outdated();
    assertNotNull(found);
    assertEquals(databases("acme"), found.seenFrom("acme"));
    assertEquals(SessionFilter.ALL, found.seenFrom(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "  ",
        "select 1",
        "select pg_sleep(1)",
        "select * from acme where a = ';' ",
        "insert into pg_list values (1)",
        "update pg_list set a = 1",
        "delete from acme",
        "create table database (a int)",
        "alter table role rename to x",
        "drop table if exists role",
        "drop user mapping for app server s",
        "create user mapping for app server s",
        "alter user mapping for app server s options (set a 'b')",
        "grant connect on database acme to app",
        "revoke select on table database from app",
        "do $$ begin perform 1; end $$",
        "domain",
        "comment on database acme is 'x'",
        "/* never closed",
        "drop",
        "alter",
        "'"
      })
  void otherSqlMeansNothing(String sql) {
    assertNull(AdministrativeSql.of(sql));
  }

  @Test
  void commentsInFrontArePassedOver() {
    assertEquals(databases("acme"), of("-- all of it\n/* or */ drop database acme").inTheWay());
  }

  @Test
  void severalStatementsCountTogetherAndAreNotOne() {
    AdministrativeSql found = of("select 1; drop database a;alter database b rename to c");
    assertEquals(databases("a", "b"), found.inTheWay());
    assertFalse(found.isSingle());
    AdministrativeSql mixed = of("drop database a; alter role app nologin; select 1");
    assertEquals(databases("a"), mixed.inTheWay());
    assertEquals(new SessionFilter(null, Set.of("app"), false), mixed.outdated());
    assertEquals(
        SessionFilter.ALL, of("alter role app nologin; alter database a reset all").outdated());
  }

  @Test
  void aFilterTakesWhomItCannotTell() {
    SessionFilter acme = SessionFilter.ofDatabase("acme");
    assertTrue(acme.concerns("acme", "app"));
    assertTrue(acme.concerns("", "app"));
    assertFalse(acme.concerns("Acme", "app"));
    SessionFilter app = SessionFilter.ofUsers(Set.of("app"));
    assertTrue(app.concerns("acme", "app"));
    assertTrue(app.concerns("acme", ""));
    assertFalse(app.concerns("acme", "other"));
    assertTrue(SessionFilter.ALL.concerns("acme", "other"));
    assertEquals(
        4,
        Arrays.stream(new SessionFilter[] {acme, app, SessionFilter.ALL, acme.or(app)})
            .filter(each -> each.concerns("acme", "app"))
            .count());
  }
}
