package io.tenantpool.it.mode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.it.cap.CountingSocketFactory;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.nop.NOPServiceProvider;

/**
 * {@code tenantpool.mode}: observing changes nothing and counts right, and whoever works notices
 * nothing of a switch.
 */
final class ModeTest {

  private final TestPostgres server = TestPostgres.shared();

  @TempDir private Path directory;

  private static ChildJvm child(Class<?> main, List<String> arguments) {
    return ChildJvm.of(main, arguments.toArray(String[]::new))
        .classPath(
            ChildJvm.pathOf(HikariDataSource.class),
            ChildJvm.pathOf(LoggerFactory.class),
            ChildJvm.pathOf(NOPServiceProvider.class));
  }

  private static List<String> starting(List<String> lines, String word) {
    return lines.stream().filter(line -> line.startsWith(word + " ")).toList();
  }

  @Test
  void observingChangesNothingAndCountsRight() throws Exception {
    String user = server.createUser("observe", "secret");
    List<String> databases = server.createDatabases("observe", 3);
    Path report = directory.resolve("report.txt");
    ChildJvm.Outcome without =
        child(ObserveProgram.class, arguments(false, user, databases)).run().succeeded();
    ChildJvm.Outcome with =
        child(ObserveProgram.class, arguments(true, user, databases))
            .agent("mode=observe,report-file=" + report)
            // A cap does not apply to what is only watched.
            .setting("max-connections", 2)
            .setting("reserved-connections", 0)
            .run()
            .succeeded();
    assertEquals(starting(without.out(), "result"), starting(with.out(), "result"));
    assertEquals(21, starting(with.out(), "result").size());
    assertEquals(
        List.of(
            "row all opens 12 held 7 peak 7 busy 1 peak 2 idle 4 pins 1 connects true",
            "row "
                + databases.get(0)
                + " opens 5 held 0 peak 1 busy 0 peak 1 idle 0 pins 0 connects true",
            "row "
                + databases.get(1)
                + " opens 3 held 3 peak 3 busy 1 peak 1 idle 0 pins 1 connects true",
            "row "
                + databases.get(2)
                + " opens 4 held 4 peak 4 busy 0 peak 1 idle 4 pins 0 connects true"),
        starting(with.out(), "row"));
    assertEquals(List.of("pool 0 0"), starting(with.out(), "pool"));
    assertTrue(with.errText().contains("cause=VENDOR_CALL"), with::errText);
    theReportHas(Files.readString(report), databases.get(2));
  }

  private static List<String> arguments(boolean agent, String user, List<String> databases) {
    List<String> urls = databases.stream().map(TestPostgres.shared()::url).toList();
    return List.of(String.valueOf(agent), user, "secret", urls.get(0), urls.get(1), urls.get(2));
  }

  private static void theReportHas(String report, String tenantWithAPool) {
    assertTrue(report.contains("Mode: observe\n"), report);
    assertTrue(report.contains("Connects: 12 in "), report);
    assertTrue(report.contains("0 open now, 0 busy; at most 7 open, 2 busy at once"), report);
    assertTrue(report.contains("Would pin a lease: {VENDOR_CALL=1}"), report);
    assertTrue(report.contains("4        4  " + tenantWithAPool + "\n"), report);
    // Five and three that were opened, ten checkouts.
    assertTrue(report.contains("with the last 18 borrows"), report);
  }

  @Test
  void whoeverWorksNoticesNothingOfASwitch() throws SQLException {
    String user = server.createUser("switch", "secret");
    List<String> urls =
        server.createDatabases("switch", 2).stream()
            .map(
                database ->
                    server.url(database)
                        + "?socketFactory="
                        + CountingSocketFactory.class.getName())
            .toList();
    ChildJvm.Outcome outcome =
        child(SwitchProgram.class, List.of(user, "secret", urls.get(0), urls.get(1)))
            .agent("mode=observe,max-connections=6,reserved-connections=0")
            .run()
            .succeeded();
    String all = outcome.outText() + "\n" + outcome.errText();
    assertEquals(List.of("failure null"), starting(outcome.out(), "failure"), all);
    assertEquals(List.of("units true"), starting(outcome.out(), "units"), all);
    assertEquals(
        List.of("observe pooled false bypassed 0 watched 2 sockets true"),
        starting(outcome.out(), "observe"),
        all);
    assertEquals(
        List.of("pool pooled true bypassed 0 watched 0 sockets true"),
        starting(outcome.out(), "pool"),
        all);
    assertEquals(
        List.of("off pooled false bypassed 2 watched 0 sockets true"),
        starting(outcome.out(), "off"),
        all);
    assertEquals(
        List.of("again pooled true bypassed 0 watched 0 sockets true"),
        starting(outcome.out(), "again"),
        all);
    assertEquals(
        3, outcome.err().stream().filter(line -> line.contains(" mode-switched ")).count(), all);
  }
}
