package io.tenantpool.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The {@link SimulationTest} would not pass with these mistakes in the pool: each is one line of
 * its source that is made wrong, compiled, and put into a world. One whose line is gone is skipped
 * until somebody makes it anew. {@code docs/concurrency.md} has the table of seeds and steps.
 */
class MutantsTest {

  private static final long MOST_STEPS = 10_000_000;
  private static final int FEWEST = 10;

  static List<Mutant> mutants() {
    return List.of(
        new Mutant(
            "a failed open does not give its permit back",
            "Connects",
            "book.releasePermit(slot);",
            "book.forget(slot);"),
        new Mutant(
            "a failed open offers nothing to those who wait for their tenant",
            "Connects",
            "dispatcher.offerSpare(tenant, now);",
            ""),
        new Mutant(
            "a permit is given back before its socket is closed",
            "Cleaning",
            "io.close(slot);\n      books.step(ledger -> ledger.closed(slot));",
            "books.step(ledger -> ledger.closed(slot));\n      io.close(slot);"),
        new Mutant(
            "who gives up does not look for what he was granted",
            "Queueing",
            "if (waiter.granted() != null) {\n      return waiter.granted();\n    }\n    dispatcher.leave",
            "dispatcher.leave"),
        new Mutant(
            "who gives up does not hand his promise on",
            "Queueing",
            "dispatcher.offerSpare(waiter.tenant(), now);\n    dispatcher.serveLine();\n    tenants",
            "tenants"),
        new Mutant(
            "a signal is not taken back when its waiter leaves",
            "Dispatcher",
            "void leave(Waiter waiter, boolean moves) {\n    takeSignalBack(waiter);",
            "void leave(Waiter waiter, boolean moves) {"),
        new Mutant(
            "who was granted a connection is not woken",
            "Dispatcher",
            "waiter.grant(slot);\n    outbox.wake(waiter);",
            "waiter.grant(slot);"),
        new Mutant(
            "a permit passes although the reserve is touched",
            "ConnectionBudget",
            "usedByOrdinary + (fromSystem ? 1 : 0) <= ordinaryBudget()",
            "usedByOrdinary <= ordinaryBudget()"),
        new Mutant(
            "a permit passes above a lowered budget",
            "ConnectionBudget",
            "if (used > budget) {\n      return false;\n    }\n    return toSystem",
            "return toSystem"),
        new Mutant(
            "the permit of a closed connection is offered to nobody",
            "ServerLedger",
            "book.releasePermit(slot);\n    dispatcher.serveLine();",
            "book.releasePermit(slot);"),
        new Mutant(
            "the last comes first",
            "WaitingLine",
            "for (Waiter waiter : line.values()) {",
            "for (Waiter waiter : line.descendingMap().values()) {"),
        new Mutant(
            "a lease that is ended again ends the next one",
            "ServerPool",
            "if (slot.lease() != lease) {\n        whole = true;\n        return;\n      }",
            ""),
        new Mutant(
            "the worker does not look again before it parks",
            "ResetWorker",
            "if (!pool.hasWork() && !(stopped",
            "if (!(stopped"),
        new Mutant(
            "a waiter has twice the time",
            "BorrowBound",
            "deadline = start + holds.nanos();",
            "deadline = start + 2 * holds.nanos();"),
        new Mutant(
            "an application pool gets another's session as it is",
            "Slot",
            "(keptFor == null || keptFor == origin)",
            "(keptFor == null || origin != null)"));
  }

  @Test
  void thereAreEnough() {
    long made = mutants().stream().filter(Mutant::canBeMade).count();
    assertTrue(made >= FEWEST, () -> "mutants that can still be made: " + made);
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isFound(Mutant mutant) {
    assumeTrue(mutant.canBeMade(), "its line is not there any more");
    Simulation simulation = new Simulation(mutant.classes());
    long seed = 1;
    while (simulation.steps() < MOST_STEPS) {
      try {
        simulation.run(seed);
        seed++;
      } catch (AssertionError found) {
        String what = String.valueOf(found.getMessage()).lines().findFirst().orElse("");
        System.out.println("| " + mutant + " | " + simulation.steps() + " | " + what + " |");
        return;
      }
    }
    fail(mutant.name() + " is not found in " + simulation.steps() + " steps");
  }
}
