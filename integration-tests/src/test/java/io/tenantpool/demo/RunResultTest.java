package io.tenantpool.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RunResultTest {

  private static final Run RUN = new Run(Act.DIRECT, "with agent", List.of(), OptionalInt.of(40));

  @Test
  void aRunWithinTheCapHasNoFaults() {
    assertEquals(List.of(), result(0, 40, 40, new Books(7, 0)).faults());
  }

  @Test
  void aSocketBeyondTheCapIsAFault() {
    assertEquals(
        List.of("there were 41 connections, the cap is 40"),
        result(0, 41, 40, new Books(7, 0)).faults());
  }

  @Test
  void aConnectionBeyondTheCapThatOnlyTheAgentSawIsAFault() {
    assertEquals(
        List.of("there were 41 connections, the cap is 40"),
        result(0, 40, 41, new Books(7, 0)).faults());
  }

  @Test
  void failedUnitsOfWorkAndWrongBooksAreFaults() {
    assertEquals(
        List.of(
            "3 units of work failed",
            "the books of 2 databases do not add up",
            "7 orders were committed, 6 are there"),
        result(3, 40, 40, new Books(6, 2)).faults());
  }

  private static RunResult result(long failures, int sockets, int agentPeak, Books books) {
    return new RunResult(
        RUN,
        new ProgramFigures(10, 1000, failures, 50, 7, 900, 5000),
        OptionalInt.of(sockets),
        43,
        60,
        books,
        Optional.of(new AgentFigures(20, 0.94, agentPeak, List.of())));
  }
}
