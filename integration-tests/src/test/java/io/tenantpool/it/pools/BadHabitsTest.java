package io.tenantpool.it.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * Applications that treat their pool badly see what they would see without the agent, and cost no
 * permit. Each case runs with each library, without the agent and with it.
 */
final class BadHabitsTest {

  @Test
  void badHabitsShowWhatTheyShowWithoutTheAgentAndCostNoPermit() throws SQLException {
    PoolCases cases = new PoolCases("habits", PoolCases.LIBRARIES);
    PoolCases.Outcomes without = cases.run(false);
    PoolCases.Outcomes with = cases.run(true, "pool-classes=com.example.no.such.Pool");
    assertEquals("", without.differences(with));
    assertTrue(without.seen().size() > 100, without.seen()::toString);
    with.assertNothingLost();
    // A transaction that is left open holds its lease, and the operator can see it.
    assertTrue(with.err().contains("TRANSACTION"), with::err);
  }
}
