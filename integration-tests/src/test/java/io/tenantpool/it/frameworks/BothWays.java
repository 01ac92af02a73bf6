package io.tenantpool.it.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;

/** A program's two runs: without the agent, and with it on a budget that is much too small. */
record BothWays(Run without, Run with) {

  /** What it printed, which is the same. */
  List<String> lines() {
    assertEquals(String.join("\n", without.lines()), String.join("\n", with.lines()), with.err());
    return with.lines();
  }

  /** Asks every database of both runs. */
  void everyDatabaseSays(String expected, String query) {
    Stream.of(without, with)
        .flatMap(run -> run.databases().stream())
        .forEach(database -> assertEquals(expected, Run.ask(database, query), database));
  }

  /** The agent lent its few connections often, and has all of them back. */
  void leasesWereShared(int leastBorrows) {
    String figures = with.figures() + "\n" + with.err();
    System.out.println(String.join(" ", "frameworks:", with.figures().toString()));
    assertTrue(with.figure("Borrows") >= leastBorrows, figures);
    assertTrue(with.figure("PeakOpen") <= Program.BUDGET, figures);
    assertEquals(with.figure("Open"), with.sessions(), figures);
    assertEquals(0, without.sessions());
    assertEquals(0, with.figure("Active"), figures);
    assertEquals(0, with.figure("Waiting"), figures);
    assertEquals(0, with.figure("Bypassed"), figures);
    List<String> warnings = with.err().lines().filter(BothWays::isWarningOfTheAgent).toList();
    assertEquals(List.of(), warnings);
    for (String trouble : List.of("Timeouts", "AgentFaults", "ObservationFaults", "LostEvents")) {
      assertEquals(0, with.figure(trouble), trouble + " " + figures);
    }
  }

  private static boolean isWarningOfTheAgent(String line) {
    return line.contains(" WARN  tenantpool ") || line.contains(" ERROR tenantpool ");
  }
}
