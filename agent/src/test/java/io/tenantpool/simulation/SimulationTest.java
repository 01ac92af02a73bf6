package io.tenantpool.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The real pool under faults, silence, kills, cap changes, mode switches, interrupts and shutdowns,
 * in worlds that a seed decides: promises 1, 2, 4, 6 and 12. {@code -Dsimulation.seed} (a number,
 * or {@code random}) and {@code -Dsimulation.steps} say where to begin and how far to go.
 */
class SimulationTest {

  private static final long FIRST_SEED = firstSeed(System.getProperty("simulation.seed", "1"));
  private static final long STEPS = Long.getLong("simulation.steps", 1_000_000);

  @Test
  void everyInvariantHoldsAfterEveryStepAndEverythingComesBack() {
    Simulation simulation = new Simulation(Map.of());
    for (long seed = FIRST_SEED; simulation.steps() < STEPS; seed++) {
      simulation.run(seed);
    }
    System.out.println(
        simulation.steps() + " steps in " + simulation.worlds() + " worlds: " + simulation.tally());
    if (STEPS >= 1_000_000) {
      assertEnoughHappened(simulation.tally());
    }
  }

  private static long firstSeed(String text) {
    return text.equals("random") ? System.nanoTime() & 0xffff_ffffL : Long.parseLong(text);
  }

  private static void assertEnoughHappened(Tally tally) {
    for (String what :
        new String[] {
          "borrowed",
          "opened",
          "open failed",
          "open refused",
          "reset",
          "reset failed",
          "timed out",
          "called off",
          "interrupted",
          "leaked",
          "changes",
          "mode switches",
          "closed for CAPACITY"
        }) {
      assertTrue(tally.of(what) > 10, () -> what + ": " + tally);
    }
  }

  @Test
  void theSameSeedGivesTheSameHistory() {
    Simulation simulation = new Simulation(Map.of());
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 5; seed++) {
      simulation.run(seed);
      long first = simulation.fingerprint();
      simulation.run(seed);
      assertEquals(first, simulation.fingerprint(), "seed " + seed);
    }
  }
}
