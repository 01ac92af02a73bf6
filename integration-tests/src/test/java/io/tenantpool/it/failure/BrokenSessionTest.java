package io.tenantpool.it.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.TestPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Promises 1 and 7 when sessions break: the application sees it once, and no permit is lost. */
final class BrokenSessionTest {

  private static final long UNASKED = Duration.ofMillis(600).toNanos();
  private static final int BUDGET = 3;

  @Test
  void aSessionKilledInTheMiddleOfAQueryLooksAsItDoesWithoutTheAgentAndCostsNoPermit()
      throws SQLException {
    TestPostgres server = TestPostgres.shared();
    String database = server.createDatabase();
    String url = url(server, database);
    String without;
    try (Trouble trouble = Trouble.start(Trouble.program())) {
      without = killed(trouble, server, url);
    }
    assertTrue(without.contains(" 57P01 "), without);
    try (Trouble trouble = Trouble.start(Trouble.program(BUDGET, "5s"))) {
      for (int i = 0; i <= BUDGET; i++) {
        assertEquals(without, killed(trouble, server, url));
      }
      assertEquals("held: " + BUDGET, trouble.hold(BUDGET, url));
    }
  }

  private static String killed(Trouble trouble, TestPostgres server, String url)
      throws SQLException {
    trouble.child().send("sleep " + url);
    String session = trouble.child().awaitLine("session\t");
    server.execute("postgres", "SELECT pg_terminate_backend(" + session + ")");
    return trouble.awaitSeen();
  }

  @Test
  void theApplicationRecoversFromARestartOfTheServerAndNoPermitIsLost()
      throws SQLException, IOException {
    try (TestPostgres server = TestPostgres.start(Map.of("max_connections", "20"));
        Trouble trouble = Trouble.start(Trouble.program(BUDGET, "1s"))) {
      String url = url(server, server.createDatabase());
      assertEquals("held: " + BUDGET, trouble.hold(BUDGET, url));
      assertEquals("released", trouble.release());
      idleUntilAskedForASignOfLife();
      server.stop();
      String without = Seen.ofConnecting(url);
      assertTrue(without.contains(" 08001 "), without);
      for (int i = 0; i <= BUDGET; i++) {
        assertEquals(without, trouble.connect(url));
      }
      server.startAgain();
      assertEquals("held: " + BUDGET, trouble.hold(BUDGET, url));
      assertEquals("released", trouble.release());
      idleUntilAskedForASignOfLife();
      server.stop();
      server.startAgain();
      // Whoever was idle all the time is asked for a sign of life first.
      assertEquals("held: " + BUDGET, trouble.hold(BUDGET, url));
      String timeout = trouble.hold(1, url);
      assertTrue(timeout.startsWith("java.sql.SQLTransientConnectionException 53300 "), timeout);
    }
  }

  /** As with HikariCP, a connection that was used within the last half second is lent unasked. */
  private static void idleUntilAskedForASignOfLife() {
    long start = System.nanoTime();
    for (long left = UNASKED; left > 0; left = UNASKED - (System.nanoTime() - start)) {
      LockSupport.parkNanos(left);
    }
  }

  private static String url(TestPostgres server, String database) throws SQLException {
    return server.url(database)
        + "?user="
        + server.createUser("broken", "secret")
        + "&password=secret";
  }
}
