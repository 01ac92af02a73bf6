package io.tenantpool.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One run's figures.
 *
 * @param program what the program says
 * @param socketPeak the most client sockets at once; empty where they cannot be seen
 * @param serverPeak the most sessions at once, as the server shows them
 * @param connects connections that the server accepted
 * @param books what the databases say afterwards
 * @param agent what the agent's MXBeans said shortly before the end
 */
record RunResult(
    Run run,
    ProgramFigures program,
    OptionalInt socketPeak,
    int serverPeak,
    long connects,
    Books books,
    Optional<AgentFigures> agent) {

  /** Everything that must not be; empty when all is well. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (program.failures() > 0) {
      faults.add(program.failures() + " units of work failed");
    }
    if (books.wrong() > 0) {
      faults.add("the books of " + books.wrong() + " databases do not add up");
    }
    if (books.ordersPlaced() != program.orders()) {
      faults.add(
          program.orders() + " orders were committed, " + books.ordersPlaced() + " are there");
    }
    run.cap()
        .ifPresent(
            cap -> {
              // Not the server's figure: it still shows sessions whose client has closed.
              int peak =
                  Math.max(socketPeak.orElse(0), agent.map(AgentFigures::peakOpen).orElse(0));
              if (peak > cap) {
                faults.add("there were " + peak + " connections, the cap is " + cap);
              }
            });
    return faults;
  }
}
