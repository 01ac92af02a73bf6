package io.tenantpool.it.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Promise 9, at the end of a life: when the last session of a password is closed, the password is
 * nowhere, neither in the heap nor in anything that was written meanwhile. Red when a cache, a key
 * or a remembered refusal keeps one.
 */
final class ForgottenPasswordsTest {

  /** Who was refused is remembered for ten seconds, so that not everybody tries the same again. */
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  @Test
  void noPasswordIsLeftInTheHeapOrInAnyFile(@TempDir Path directory) throws Exception {
    Path dump = directory.resolve("heap.hprof");
    try (TestPostgres server = TestPostgres.start(Map.of())) {
      String database = server.createDatabase();
      String name = TestPostgres.uniqueName("forgotten") + "_";
      for (Passwords password : Passwords.values()) {
        createUser(server, name + password.ordinal(), password.text());
      }
      server.assumePasswordsAreChecked();
      Path audit = directory.resolve("audit.log");
      ChildJvm.Outcome outcome;
      try (RunningJvm child =
          ChildJvm.of(
                  PasswordsProgram.class,
                  server.url(database),
                  name,
                  server.adminUser(),
                  server.adminPassword(),
                  server.url("postgres"),
                  dump.toString())
              .classPath(
                  ChildJvm.pathOf(HikariDataSource.class), ChildJvm.pathOf(LoggerFactory.class))
              .agent(true)
              .jvm(
                  "-XX:StartFlightRecording=filename="
                      + directory.resolve("recording.jfr")
                      + ",settings=profile",
                  "-Xlog:disable",
                  "-Xmx192m")
              .setting("max-idle-time", "1s")
              .setting("log-level", "trace")
              .setting("log-file", directory.resolve("agent.log"))
              .setting("audit-file", audit)
              .setting("report-file", directory.resolve("report.txt"))
              .setting("leak-detection-threshold", "100ms")
              .start()) {
        child.awaitLine("ready");
        assertEquals(List.of(), leftInHeap(child, dump));
        child.send("end");
        outcome = child.awaitExit().succeeded();
      }
      assertPooledAndRefused(outcome.out(), Files.readString(audit), name);
      List<Path> written = files(directory);
      assertTrue(written.size() >= 5, written::toString);
      List<String> found = new ArrayList<>();
      for (Path file : written) {
        find(Files.readAllBytes(file), file.getFileName().toString(), found);
      }
      find(bytes(outcome.outText()), "standard output", found);
      find(bytes(outcome.errText()), "standard error", found);
      assertEquals(List.of(), found);
    }
  }

  /** What a dump still has in the end; it is written anew until there is nothing. */
  private static List<String> leftInHeap(RunningJvm child, Path dump) throws IOException {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (true) {
      child.send("dump");
      child.awaitLine("dumped");
      assertTrue(Files.size(dump) > 1_000_000);
      List<String> found = new ArrayList<>();
      find(Files.readAllBytes(dump), "the heap", found);
      if (found.isEmpty() || System.nanoTime() - end >= 0) {
        return found;
      }
    }
  }

  /** The audit has each of them: so its sessions were the agent's. */
  private static void assertPooledAndRefused(List<String> out, String audit, String name) {
    for (Passwords password :
        List.of(
            Passwords.IN_URL, Passwords.AS_ARGUMENT, Passwords.OF_DATA_SOURCE, Passwords.OF_POOL)) {
      String user = name + password.ordinal();
      assertTrue(out.stream().anyMatch(line -> line.endsWith(" " + user)), out::toString);
      assertTrue(audit.contains(user), audit);
    }
    assertEquals(
        2, out.stream().filter(line -> line.startsWith("refused 28P01")).count(), out::toString);
  }

  private static void createUser(TestPostgres server, String user, String password)
      throws SQLException {
    server.execute("postgres", "CREATE USER " + user + " PASSWORD '" + password + "'");
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** As text of one byte a character and of two. */
  private static void find(byte[] content, String where, List<String> found) {
    String narrow = new String(content, StandardCharsets.ISO_8859_1);
    for (Passwords password : Passwords.values()) {
      StringBuilder wide = new StringBuilder();
      password.text().chars().forEach(c -> wide.append((char) c).append('\0'));
      if (narrow.contains(password.text()) || narrow.contains(wide)) {
        found.add(password + " in " + where);
      }
    }
  }
}
