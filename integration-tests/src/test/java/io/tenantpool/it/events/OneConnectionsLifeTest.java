package io.tenantpool.it.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the log tells of one physical connection, and of the requests that had it. */
final class OneConnectionsLifeTest {

  private static final TestPostgres POSTGRES = TestPostgres.shared();

  private static ChildJvm program(String settings) throws Exception {
    String database = POSTGRES.createDatabases("life", 1).get(0);
    String user = POSTGRES.createUser("life", "secret-of-life");
    return ChildJvm.of(RequestProgram.class, POSTGRES.url(database), user, "secret-of-life")
        .agent("max-connections-per-tenant=1,tenant-cap=hard,log-level=trace" + settings)
        .classPath(logback());
  }

  @Test
  void oneNumberLeadsThroughALifeAndEachLineOfARequestEndsWithItsId() throws Exception {
    try (RunningJvm child = program("").start()) {
      child.awaitLine("ready");
      child.awaitErrorLine(line -> line.contains(" tenantpool closed "));
      List<String> life =
          child.err().stream()
              .filter(line -> line.contains(" connection=1"))
              .map(OneConnectionsLifeTest::eventAndRequest)
              .toList();
      assertEquals(
          List.of(
              "opened",
              "borrowed",
              "returned",
              "borrowed request=r-17",
              "returned request=r-17",
              "borrowed request=\"t 18\"",
              "new-pin-site request=\"t 18\"",
              "returned request=\"t 18\"",
              "closed"),
          // By whom a session is made clean is a matter of chance.
          life.stream().filter(line -> !line.startsWith("reset")).toList(),
          () -> String.join("\n", child.err()));
      assertTrue(
          life.stream().filter(line -> line.startsWith("reset")).count() == 2, life::toString);
      assertTrue(
          child.err().stream().anyMatch(line -> line.contains(" unfit=HANDED_OUT ")),
          () -> String.join("\n", child.err()));
      child.send("end");
      child.awaitExit().succeeded();
    }
  }

  @Test
  void jsonLinesHaveTheSameFieldsAndAKeyOfOnesOwnCanBeAskedFor() throws Exception {
    try (RunningJvm child = program(",log-format=json,log-mdc-keys=traceId").start()) {
      child.awaitLine("ready");
      child.awaitErrorLine(line -> line.contains("\"event\":\"closed\""));
      List<String> borrowed =
          child.err().stream().filter(line -> line.contains("\"event\":\"borrowed\"")).toList();
      assertEquals(3, borrowed.size(), borrowed::toString);
      assertTrue(borrowed.stream().allMatch(line -> line.contains("\"connection\":1,")));
      assertEquals(
          List.of(false, false, true),
          borrowed.stream().map(line -> line.endsWith(",\"request\":\"t 18\"}")).toList());
      child.send("end");
      child.awaitExit().succeeded();
    }
  }

  private static String eventAndRequest(String line) {
    String event = line.replaceAll("^\\S+ \\S+ +tenantpool (\\S+) .*$", "$1");
    int request = line.indexOf(" request=");
    return request < 0 ? event : event + line.substring(request);
  }

  /** Logback and the SLF4J of this class path. */
  private static Path[] logback() throws IOException {
    Path directory =
        Path.of(System.getProperty("test.pool.libraries", "target/pool-libraries"), "logback");
    try (Stream<Path> jars = Files.list(directory)) {
      return Stream.concat(
              jars,
              Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                  .map(Path::of)
                  .filter(jar -> String.valueOf(jar.getFileName()).startsWith("slf4j-api-")))
          .toArray(Path[]::new);
    }
  }
}
