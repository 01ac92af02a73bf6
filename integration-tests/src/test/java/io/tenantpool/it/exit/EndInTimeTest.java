package io.tenantpool.it.exit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A JVM that is told to end does so in a bounded time, whatever its application holds and wherever
 * the agent would have liked to write something; and one that ends already can begin to use JDBC.
 */
final class EndInTimeTest {

  /** The agent takes two seconds at most; the rest is for a busy machine. */
  private static final Duration LONGEST_END = Duration.ofSeconds(12);

  private static final int TERMINATED = 128 + 15;

  @TempDir Path directory;

  private final TestPostgres server = TestPostgres.shared();

  private String url() throws SQLException {
    String user = server.createUser("held", "secret");
    return server.url(server.createDatabase()) + "?user=" + user + "&password=secret";
  }

  @ParameterizedTest
  @CsvSource({
    "nothing, log-level=info",
    "stderr, log-level=trace",
    "stack, 'log-level=trace,acquire-timeout=10s'",
  })
  void itEndsWhateverTheApplicationHolds(String harm, String settings) throws Exception {
    assertEnds(ChildJvm.of(HeldProgram.class, url(), harm).agent(settings));
  }

  /** A fifo without a reader: whoever opens it waits for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"log-file", "audit-file", "report-file"})
  void itEndsWhereverTheAgentCannotWrite(String file) throws Exception {
    Path fifo = directory.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    assertTrue(Files.exists(fifo));
    assertEnds(
        ChildJvm.of(HeldProgram.class, url(), "nothing")
            .agent("log-level=trace," + file + "=" + fifo));
  }

  private static void assertEnds(ChildJvm jvm) throws Exception {
    try (RunningJvm child = jvm.start()) {
      child.awaitLine("held");
      long start = System.nanoTime();
      assertTrue(ProcessHandle.of(child.pid()).orElseThrow().destroy());
      ChildJvm.Outcome outcome = child.awaitExit();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      System.out.println("ended after " + took.toMillis() + " ms");
      assertEquals(TERMINATED, outcome.exitCode());
      assertTrue(took.compareTo(LONGEST_END) < 0, took::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mode=observe",
        "meters=true,hikari-mbeans=true",
        "log-level=trace,log-file=DIR/log,audit-file=DIR/audit,report-file=DIR/report",
      })
  void theFirstConnectionMayBeThatOfAShutdownHook(String settings) throws Exception {
    String withFiles = settings.replace("DIR", directory.toString());
    ChildJvm.Outcome outcome = ChildJvm.of(HeldProgram.class, url(), "hook").agent(withFiles).run();
    assertEquals(3, outcome.exitCode(), outcome::errText);
    assertEquals("the hook read 42", outcome.outText());
    for (String complaint : List.of("fault", "xception", "ould not")) {
      assertFalse(outcome.errText().contains(complaint), outcome::errText);
    }
  }

  @Test
  void theHttpPortOfAJvmThatEndsAlreadyHarmsNobody() throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.of(HeldProgram.class, url(), "hook")
            .agent("http-port=0,http-token=0123456789abcdef")
            .limit(Duration.ofNanos(TimeUnit.MINUTES.toNanos(2)))
            .run();
    assertEquals(3, outcome.exitCode(), outcome::errText);
    assertEquals("the hook read 42", outcome.outText());
  }
}
