package io.tenantpool.it.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A JVM lacks memory or threads for moments, and its application survives. So do the agent's
 * threads: afterwards idle sessions are closed, on the server that was there and on the one that
 * was met meanwhile.
 */
final class ScarceTest {

  private final TestPostgres server = TestPostgres.shared();

  @ParameterizedTest
  @CsvSource({
    "heap, -Xmx64m",
    "direct, -XX:MaxDirectMemorySize=4m",
  })
  void afterwardsIdleSessionsAreClosed(String what, String option) throws Exception {
    run(what, option);
  }

  @Test
  void aThreadThatCannotBeStartedIsStartedLater() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "util-linux");
    run("threads", "-Xss24m");
  }

  private void run(String what, String option) throws Exception {
    String user = server.createUser("scarce", "secret");
    String first = server.createDatabase();
    String second = server.createDatabase();
    String credentials = "?user=" + user + "&password=secret";
    String other = server.url(second).replace(server.host(), "localhost") + credentials;
    assertFalse(server.host().equals("localhost"), "another server to the agent");
    try (RunningJvm child =
        ChildJvm.of(ScarceProgram.class, server.url(first) + credentials, other, what)
            .agent("max-idle-time=1s")
            .jvm(option)
            .start()) {
      child.awaitLine("warm");
      awaitNoSession(first, child);
      child.send("go");
      if (what.equals("threads")) {
        child.awaitLine("taken");
        child.awaitErrorLine(
            line -> line.contains("a thread could not be started; it is tried again"));
        child.send("on");
      }
      child.awaitLine("over");
      awaitNoSession(first, child);
      awaitNoSession(second, child);
      child.send("end");
      ChildJvm.Outcome outcome = child.awaitExit();
      assertEquals(0, outcome.exitCode(), outcome::errText);
      assertFalse(outcome.errText().contains("secret"), outcome::errText);
    }
  }

  private void awaitNoSession(String database, RunningJvm child) throws SQLException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    try (Connection admin = server.admin();
        Statement statement = admin.createStatement()) {
      while (true) {
        try (ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "'")) {
          row.next();
          if (row.getInt(1) == 0) {
            return;
          }
        }
        assertTrue(System.nanoTime() - end < 0, () -> "open for ever: " + child.err());
        LockSupport.parkNanos(100_000_000);
      }
    }
  }
}
