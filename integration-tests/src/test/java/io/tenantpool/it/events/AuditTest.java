package io.tenantpool.it.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit of an application whose every connection is known. */
final class AuditTest {

  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static final String PASSWORD = "Ge7heim#Zx-audited";
  private static final String SERVER = POSTGRES.host() + ":" + POSTGRES.port();

  @TempDir Path directory;
  private String database = "";
  private String user = "";

  @BeforeEach
  void access() throws Exception {
    database = POSTGRES.createDatabases("audited", 1).get(0);
    user = POSTGRES.createUser("audited", PASSWORD);
  }

  private ChildJvm program(int times, Path file) {
    return ChildJvm.of(
            AuditedProgram.class, Integer.toString(times), POSTGRES.url(database), user, PASSWORD)
        .agent("max-connections-per-tenant=1,tenant-cap=hard")
        // What an application sets for the Logback of its own is none of the agent's business.
        .jvm("-Dlogback.configurationFile=no-such-file.xml", "-Dlogback.debug=true")
        .jvm("-Dlogback.statusListenerClass=no.such.Listener")
        .setting("audit-file", file);
  }

  @Test
  void everyConnectionIsThereOnceAndEveryLeaseOfIt() throws Exception {
    Path file = directory.resolve("log").resolve("audit.log");
    ChildJvm.Outcome outcome = program(2, file).run().succeeded();
    assertEquals(List.of("done true"), outcome.out());
    List<String> lines = Files.readAllLines(file);
    assertEquals(
        List.of(
            "opened 1",
            "leased 1",
            "returned 1",
            "leased 1",
            "returned 1",
            "leased 1",
            "returned 1",
            "closed 1",
            "opened 2",
            "leased 2",
            "returned 2"),
        withoutChance(lines.stream().map(AuditTest::eventAndConnection).toList()));
    for (String line : lines) {
      assertTrue(
          line.matches(
              "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z AUDIT tenantpool (opened|leased|returned|closed)"
                  + (" server=" + SERVER + " tenant=" + database + " user=" + user)
                  + " connection=\\d+( cause=[A-Z_]+)? thread=.+"),
          line);
    }
    assertTrue(lines.stream().anyMatch(line -> line.contains(" cause=HANDED_OUT thread=")));
    assertTrue(lines.get(0).endsWith(" thread=main"));
  }

  /** The two that different threads write: who closes 1, and who opens 2 then. */
  private static List<String> withoutChance(List<String> events) {
    List<String> sorted = new ArrayList<>(events);
    int closed = sorted.indexOf("closed 1");
    int opened = sorted.indexOf("opened 2");
    if (opened >= 0 && opened < closed) {
      Collections.rotate(sorted.subList(opened, closed + 1), 1);
    }
    return sorted;
  }

  private static String eventAndConnection(String line) {
    return line.replaceAll("^\\S+ AUDIT tenantpool (\\S+) .* connection=(\\d+).*$", "$1 $2");
  }

  @Test
  void aFullFileGetsANumberAndTheOldestGoes() throws Exception {
    Path file = directory.resolve("audit.json");
    program(60, file)
        .setting("audit-max-file-size", "2KB")
        .setting("audit-max-files", 3)
        .setting("log-format", "json")
        .run()
        .succeeded();
    List<String> names;
    try (Stream<Path> files = Files.list(directory)) {
      names = files.map(path -> path.getFileName().toString()).sorted().toList();
    }
    assertEquals(List.of("audit.json", "audit.json.1", "audit.json.2", "audit.json.3"), names);
    List<String> events = new ArrayList<>();
    for (String name : List.of("audit.json.3", "audit.json.2", "audit.json.1", "audit.json")) {
      Path part = directory.resolve(name);
      assertTrue(Files.size(part) < 3000, () -> name + " is too long");
      for (String line : Files.readAllLines(part)) {
        assertFalse(line.contains(PASSWORD), line);
        assertTrue(line.startsWith("{\"time\":\"") && line.endsWith("}"), line);
        events.add(line.replaceAll("^.*\"event\":\"([a-z]+)\".*$", "$1"));
      }
    }
    // Not a line is missing from where the oldest file begins to the end.
    List<String> leases = events.stream().filter(e -> !e.matches("opened|closed")).toList();
    for (int i = 1; i < leases.size(); i++) {
      assertFalse(leases.get(i).equals(leases.get(i - 1)), () -> events.toString());
    }
    assertEquals("returned", leases.get(leases.size() - 1));
    assertTrue(leases.size() > 20, events::toString);
  }

  @Test
  void aFileThatCannotBeWrittenCostsTheApplicationNothingButALineInTheLog() throws Exception {
    Path file = Files.createFile(directory.resolve("file")).resolve("audit.log");
    ChildJvm jvm =
        ChildJvm.of(RecordedProgram.class, "everything", POSTGRES.url(database), user, PASSWORD)
            .agent("max-connections-per-tenant=1,tenant-cap=hard,acquire-timeout=2s")
            .setting("audit-file", file);
    try (RunningJvm child = jvm.start()) {
      String line = child.awaitErrorLine(text -> text.contains(" audit-not-written "));
      assertTrue(line.contains(file.toString()), line);
      assertTrue(line.endsWith(" change=tenantpool.audit-file"), line);
      child.awaitLine("done");
      ChildJvm.Outcome outcome = child.awaitExit().succeeded();
      assertEquals(
          1,
          outcome.err().stream().filter(text -> text.contains(" audit-")).count(),
          outcome::errText);
    }
  }

  @Test
  void withoutTheSettingItsLibraryIsNotLoaded() throws IOException {
    Path classes = directory.resolve("classes");
    ChildJvm.of(AuditedProgram.class, "1", POSTGRES.url(database), user, PASSWORD)
        .agent(true)
        .jvm("-Xlog:class+load:file=" + classes)
        .run()
        .succeeded();
    assertEquals(
        List.of(),
        Files.readAllLines(classes).stream()
            .filter(line -> line.contains("ch.qos.logback") || line.contains("RollingFile"))
            .toList());
  }
}
