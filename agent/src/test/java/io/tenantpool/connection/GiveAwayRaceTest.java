package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A lease that ends and the checkout that begins on another thread race for one logical connection:
 * no call may ever reach a physical connection that has been given away.
 */
class GiveAwayRaceTest {

  private static final long SECONDS = Long.getLong("test.race.seconds", 20);

  @Test
  void noCallReachesAConnectionThatWasGivenAway() throws Exception {
    GiveAwayRace race = new GiveAwayRace(logical -> PoolSide.of(logical.connection()).returned());
    race.run(SECONDS);
    assertEquals(List.of(), race.violations());
    assertTrue(race.leases() > 1_000, () -> race.leases() + " leases");
    assertTrue(race.calls() > 10_000, () -> race.calls() + " calls");
    assertTrue(race.looks() > 100, () -> race.looks() + " looks");
  }

  /** The same race, with an end of the lease that does not ask who is with the driver. */
  @Test
  void theRaceSeesALeaseThatEndsUnderACall() throws Exception {
    GiveAwayRace race = new GiveAwayRace(logical -> logical.source().takeAway());
    race.run(60);
    assertFalse(race.violations().isEmpty(), "the race cannot fail");
  }
}
