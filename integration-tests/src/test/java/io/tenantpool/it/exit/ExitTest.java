package io.tenantpool.it.exit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promise 10: a JVM ends by itself, with the exit code that it would have had. Red as soon as a
 * thread of the agent is no daemon, or the agent waits for something at the end.
 */
final class ExitTest {

  /** Far more than an end takes, far less than any time-out of the pool. */
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final TestPostgres server = TestPostgres.shared();

  @ParameterizedTest
  // The two that are leased leave a third of the tenant's for the hook.
  @CsvSource({
    "idle, return, none, 0",
    "leased, return, none, 0",
    "idle, throw, none, 1",
    "leased, throw, none, 1",
    "idle, exit, none, 7",
    "leased, exit, none, 7",
    "idle, return, hook, 0",
    "leased, exit, hook, 7",
  })
  @Tag("smoke")
  void theJvmEndsByItselfWithItsExitCode(String connections, String end, String hook, int code)
      throws SQLException {
    String user = server.createUser("exit", "secret");
    String url = server.url(server.createDatabase()) + "?user=" + user + "&password=secret";
    try (RunningJvm child =
        ChildJvm.of(ExitProgram.class, url, connections, end, hook).agent(true).start()) {
      child.awaitLine("end of main");
      long start = System.nanoTime();
      ChildJvm.Outcome outcome = child.awaitExit();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertEquals(code, outcome.exitCode(), outcome::errText);
      assertTrue(took.compareTo(LONGEST_END) < 0, took::toString);
      List<String> hooked = outcome.out().stream().filter(line -> line.startsWith("hook")).toList();
      assertEquals(expectedOfHook(hook, connections), hooked);
    }
  }

  private static List<String> expectedOfHook(String hook, String connections) {
    if (hook.equals("none")) {
      return List.of();
    }
    return connections.equals("idle")
        ? List.of("hook 42")
        : List.of("hook 42", "hook, held 42", "hook, held 42");
  }
}
