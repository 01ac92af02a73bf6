package io.tenantpool.it.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What application pools promise means the same with the agent under them: each case runs without
 * it and with it, and sees the same. Red as soon as a pool's own limit, set-up or clean-up is lost
 * on the way to the physical connection.
 */
final class PoolFeaturesTest {

  @Test
  void everyPoolKeepsItsOwnMaximumAndCleansUpAfterEachCheckout() throws SQLException {
    PoolCases cases = new PoolCases("features", PoolCases.LIBRARIES);
    PoolCases.Outcomes without = cases.run(false);
    PoolCases.Outcomes with = cases.run(true);
    assertEquals("", without.differences(with));
    without
        .seen()
        .forEach(
            (name, seen) -> {
              if (name.endsWith("own maximum and time-out")) {
                assertTrue(seen.endsWith(" in time"), name + ": " + seen);
              }
            });
    with.assertNothingLost();
  }

  @Test
  void hikariCpMeansWhatItSays() throws SQLException {
    PoolCases cases = new PoolCases("hikari", List.of(PoolLibrary.HIKARICP_7));
    PoolCases.Outcomes without = cases.run(false);
    PoolCases.Outcomes with = cases.run(true);
    assertEquals("", without.differences(with));
    with.assertSeen("HIKARICP_7 connectionInitSql in every checkout", "240 checkouts, wrong []");
    with.assertSeen(
        "HIKARICP_7 leak detection", "while out: true; the place: true; returned: true");
    with.assertSeen(
        "HIKARICP_7 its own MBeans", "total: true; active: 2; idle: 3; active: 0; maximum: 5");
    with.assertSeen(
        "HIKARICP_7 its own metrics", "created: true; used: true; acquired: 5; timeouts: 1");
    with.assertNothingLost();
  }
}
