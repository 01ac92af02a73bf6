package io.tenantpool.it.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's events in real recordings, read by the JDK's own tool. */
final class FlightRecorderTest {

  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static final String PASSWORD = "Ge7heim#Zx-recorded";
  private static final String SERVER = POSTGRES.host() + ":" + POSTGRES.port();

  @TempDir Path directory;

  private ChildJvm program(String database, String what, String... more) throws Exception {
    String user = POSTGRES.createUser("recorded", PASSWORD);
    String[] arguments = new String[4 + more.length];
    arguments[0] = what;
    arguments[1] = POSTGRES.url(database);
    arguments[2] = user;
    arguments[3] = PASSWORD;
    System.arraycopy(more, 0, arguments, 4, more.length);
    return ChildJvm.of(RecordedProgram.class, arguments)
        .agent("max-connections-per-tenant=1,tenant-cap=hard,acquire-timeout=10s");
  }

  @Test
  void aRecordingFromTheCommandLineShowsWhatHappenedToEachConnection() throws Exception {
    Path file = directory.resolve("whole.jfr");
    String database = POSTGRES.createDatabases("recorded", 1).get(0);
    ChildJvm.Outcome outcome =
        program(database, "everything")
            .setting("acquire-timeout", "1500ms")
            .jvm(
                "-XX:StartFlightRecording:filename="
                    + file
                    + ",+io.tenantpool.Borrow#threshold=0ms,+io.tenantpool.Reset#threshold=0ms")
            .run()
            .succeeded();
    assertEquals(List.of("timed out", "done"), ours(outcome.out()), outcome::outText);
    List<Recorded> all = Recorded.in(file);
    for (Recorded event : all) {
      assertEquals(SERVER, event.get("server"));
      assertEquals(database, event.get("tenant"));
    }

    List<Recorded> borrows = Recorded.of(all, "Borrow");
    assertEquals(List.of(1L, 1L, 1L, 2L), connections(borrows));
    assertEquals(
        List.of(true, false, false, true), borrows.stream().map(e -> e.get("opened")).toList());
    assertTrue(borrows.get(0).isFrom("ask"), () -> borrows.get(0).stack().toString());
    assertTrue(borrows.get(2).isFrom("unwrap"), () -> borrows.get(2).stack().toString());
    assertEquals("main", borrows.get(0).thread());

    List<Recorded> opens = Recorded.of(all, "Open");
    assertEquals(List.of(1L, 2L), connections(opens));
    assertTrue(opens.stream().allMatch(event -> Boolean.TRUE.equals(event.get("successful"))));
    assertTrue(opens.get(0).isFrom("ask"));
    assertTrue(opens.get(0).span("duration").compareTo(borrows.get(0).span("duration")) <= 0);

    Recorded pin = one(all, "Pin");
    assertEquals(1, pin.number("connection"));
    assertEquals("VENDOR_CALL", pin.get("cause"));
    assertTrue(String.valueOf(pin.get("site")).contains("RecordedProgram.unwrap("));
    assertTrue(pin.isFrom("unwrap"));

    Recorded evict = Recorded.of(all, "Evict").get(0);
    assertEquals(1, evict.number("connection"));
    assertEquals("HANDED_OUT", evict.get("cause"));
    assertTrue(evict.span("age").compareTo(Duration.ZERO) > 0);

    Recorded timeout = one(all, "Timeout");
    assertEquals("waiter", timeout.thread());
    assertTrue(timeout.span("waited").compareTo(Duration.ofMillis(300)) >= 0);

    Recorded reset = Recorded.of(all, "Reset").get(0);
    assertEquals(1, reset.number("connection"));
    assertEquals(true, reset.get("successful"));

    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertTrue(bytes.contains(database));
    assertFalse(
        Recorded.printed("--events", "io.tenantpool.*", file).contains(PASSWORD),
        "a password in an event");
  }

  @Test
  void aRecordingWithAThresholdThatStartsLateHasTheLongBorrowsAlone() throws Exception {
    Path file = directory.resolve("late.jfr");
    String database = POSTGRES.createDatabases("recorded", 1).get(0);
    program(database, "wait", file.toString()).run().succeeded();
    List<Recorded> all = Recorded.in(file);
    // Others would be connects of a machine that is very busy.
    List<Recorded> borrows = Recorded.of(all, "Borrow");
    assertTrue(borrows.size() < 20, borrows::toString);
    for (Recorded borrow : borrows) {
      assertTrue(borrow.span("duration").compareTo(Duration.ofSeconds(1)) >= 0, borrow::toString);
    }
    Recorded waited =
        borrows.stream().filter(event -> event.thread().equals("waiter")).findAny().orElseThrow();
    assertTrue(waited.isFrom("ask"), () -> waited.stack().toString());
    assertTrue(
        Recorded.of(all, "Reset").size() >= 20, "the short ones of the other event are there");
    assertEquals(List.of(), Recorded.of(all, "Open"));
  }

  @Test
  void withoutARecordingNothingOfTheRecorderIsLoadedBeforeTheProgram() throws Exception {
    Path classes = directory.resolve("classes");
    String database = POSTGRES.createDatabases("recorded", 1).get(0);
    program(database, "everything")
        .setting("acquire-timeout", "1500ms")
        .jvm("-Xshare:off", "-Xlog:class+load:file=" + classes)
        .run()
        .succeeded();
    List<String> loaded = Files.readAllLines(classes);
    List<String> before =
        loaded.stream()
            .takeWhile(line -> !line.contains(RecordedProgram.class.getName() + " "))
            .toList();
    assertTrue(before.size() < loaded.size(), "the program was seen");
    assertEquals(List.of(), before.stream().filter(line -> line.contains("jdk.jfr")).toList());
    assertEquals(
        List.of(),
        loaded.stream()
            .filter(line -> line.matches(".*(observation\\.jfr\\.\\w+Event|MetadataRepository) .*"))
            .toList());
  }

  @Test
  void aJvmWithoutTheRecordersModuleRunsTheProgramAllTheSame() throws Exception {
    String database = POSTGRES.createDatabases("recorded", 1).get(0);
    String user = POSTGRES.createUser("recorded", PASSWORD);
    ChildJvm jvm =
        ChildJvm.of(WithoutRecorder.class, POSTGRES.url(database), user, PASSWORD)
            .agent("log-level=trace")
            .jvm("--limit-modules=java.sql,java.management,java.naming,java.security.jgss");
    try (RunningJvm child = jvm.start()) {
      // The log is written in the order of the events.
      child.awaitErrorLine(line -> line.contains(" returned "));
      child.send("end");
      ChildJvm.Outcome outcome = child.awaitExit().succeeded();
      assertEquals(List.of("no recorder", "tenant-pool"), outcome.out(), outcome::errText);
      assertFalse(outcome.errText().contains("problem"), outcome::errText);
    }
  }

  private static Recorded one(List<Recorded> all, String name) {
    List<Recorded> some = Recorded.of(all, name);
    assertEquals(1, some.size(), some::toString);
    return some.get(0);
  }

  private static List<Long> connections(List<Recorded> events) {
    return events.stream().map(event -> event.number("connection")).toList();
  }

  /** Without what the JVM itself says about its recording. */
  private static List<String> ours(List<String> lines) {
    return lines.stream().filter(line -> line.equals("done") || line.startsWith("timed")).toList();
  }
}
