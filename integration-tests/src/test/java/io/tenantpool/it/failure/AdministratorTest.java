package io.tenantpool.it.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * What an application that administrates its databases sees is the same with the agent and without:
 * what it has closed is in nobody's way, and a new connection obeys what was changed.
 */
final class AdministratorTest {

  private static TestPostgres server;

  @BeforeAll
  static void start() {
    server = TestPostgres.start(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String as(String user, String database) {
    return server.url(database) + "?user=" + user + "&password=secret";
  }

  private static String admin(String sql) {
    return "direct " + as(server.adminUser(), "postgres") + " " + sql;
  }

  private static final int WITNESSES = 5;

  /** The same orders without the agent and with it; what was seen with it. */
  private static List<String> seen(boolean agent, List<String> orders) {
    ChildJvm jvm =
        ChildJvm.of(AdministratorProgram.class)
            .classPath(
                ChildJvm.pathOf(HikariDataSource.class), ChildJvm.pathOf(LoggerFactory.class));
    List<String> seen = new ArrayList<>();
    try (RunningJvm child = (agent ? jvm.agent(true) : jvm).start()) {
      for (String order : orders) {
        child.send(order);
        seen.add(child.awaitLine("seen\t"));
      }
      String witness = "direct " + as(server.adminUser(), "postgres") + " SELECT pg_backend_pid()";
      // One that is being made clean for long is not waited for, so not each follows the same one.
      Set<String> sessions = new HashSet<>();
      for (int i = 0; i < WITNESSES; i++) {
        child.send(witness);
        sessions.add(child.awaitLine("seen\t"));
      }
      if (agent) {
        assertNotEquals(WITNESSES, sessions.size(), "was not pooled");
      } else {
        assertEquals(WITNESSES, sessions.size());
      }
    }
    return seen;
  }

  private static void assertSame(List<String> expected, List<String> orders) {
    assertEquals(expected, seen(false, orders), "without the agent");
    assertEquals(expected, seen(true, orders), "with the agent");
  }

  @Test
  void databasesWithoutConnectionsAreRenamedCopiedAndDropped() {
    assertSame(
        List.of(
            "done", "1", "done", "done", "done", "1", "done", "done", "1", "done", "done", "1",
            "done", "done"),
        List.of(
            admin("CREATE DATABASE moving"),
            "direct " + as(server.adminUser(), "moving") + " SELECT 1",
            admin("ALTER DATABASE moving RENAME TO \"Moved away\""),
            admin("CREATE DATABASE copied TEMPLATE \"Moved away\""),
            admin("DROP DATABASE \"Moved away\""),
            "direct " + as(server.adminUser(), "template1") + " SELECT 1",
            admin("CREATE DATABASE other"),
            "pool " + as(server.adminUser(), "other"),
            "pooled SELECT 1",
            "close-pool",
            admin("DROP DATABASE other"),
            "direct " + as(server.adminUser(), "copied") + " SELECT 1",
            admin("/* all */ DROP DATABASE IF EXISTS copied;"),
            admin("RESET ALL")));
  }

  @Test
  void aNewConnectionObeysWhatWasChanged() {
    String ask = "direct " + as("obeying", "postgres") + " SHOW work_mem";
    assertSame(
        List.of(
            "done",
            "4MB",
            "done",
            "5MB",
            "done",
            "refused 28000",
            "done",
            "done",
            "5MB",
            "done",
            "done",
            "4MB",
            "done"),
        List.of(
            admin("CREATE ROLE obeying LOGIN PASSWORD 'secret'"),
            ask,
            admin("ALTER ROLE obeying SET work_mem = '5MB'"),
            ask,
            admin("DO $$ BEGIN EXECUTE 'ALTER ROLE obeying NOLOGIN'; END $$"),
            ask,
            admin("ALTER USER obeying CONNECTION LIMIT 3"),
            admin("ALTER USER obeying LOGIN"),
            ask,
            admin("DROP ROLE obeying"),
            admin("CREATE ROLE obeying LOGIN PASSWORD 'secret'"),
            ask,
            admin("DROP ROLE obeying")));
  }

  @Test
  void aPoolThatIsSoftlyEvictedHasNewSessions() {
    assertSame(
        List.of("done", "done", "4MB", "done", "done", "6MB", "6MB", "done", "done"),
        List.of(
            admin("CREATE ROLE evicted LOGIN PASSWORD 'secret'"),
            "pool " + as("evicted", "postgres"),
            "pooled SHOW work_mem",
            admin("ALTER ROLE evicted SET work_mem = '6MB'"),
            "soft-evict",
            "pooled SHOW work_mem",
            "pooled SHOW work_mem",
            "close-pool",
            admin("DROP ROLE evicted")));
  }

  @Test
  void aLimitOfTheRoleIsUsedUpByNobodyWhoIsIdle() throws SQLException {
    List<String> databases = server.createDatabases("limited", 4);
    server.execute("postgres", "CREATE ROLE limited LOGIN PASSWORD 'secret' CONNECTION LIMIT 1");
    List<String> orders = new ArrayList<>();
    for (String database : databases) {
      orders.add("direct " + as("limited", database) + " SELECT 1");
    }
    assertEquals(List.of("1", "1", "1", "1"), seen(true, orders));
  }

  @Test
  void aTriggerForLoginsIsMetByEveryConnection() throws SQLException {
    String database = server.createDatabase();
    server.execute(
        database,
        "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN "
            + "PERFORM set_config('app.tenant', '7', false); END $$",
        "CREATE EVENT TRIGGER t ON login EXECUTE FUNCTION f()");
    String ask =
        "direct "
            + as(server.adminUser(), database)
            + " SELECT current_setting('app.tenant', true)";
    assertSame(List.of("7", "7", "7"), List.of(ask, ask, ask));
  }
}
