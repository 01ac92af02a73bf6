package io.tenantpool.it.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Promise 7: an application cannot tell by any of these calls whether the agent is there, but for
 * the differences that are named.
 */
final class FidelityTest {

  private static final int CASES_AT_LEAST = 360;

  /** Case by name, and why it differs. A case that stands here and does not differ fails. */
  private static final Map<String, String> KNOWN_DIFFERENCES = KnownDifferences.ALL;

  private static final Map<String, String> WITHOUT = new LinkedHashMap<>();

  private static final Map<String, String> OBSERVED_DIFFERENCES = KnownDifferences.OBSERVED;

  @TestFactory
  Stream<DynamicTest> sameOutcomeWithAndWithoutTheAgent() throws SQLException {
    Map<String, String> without = outcomesWithoutTheAgent();
    Map<String, String> with = outcomes(true, "");
    assertEquals(without.keySet(), with.keySet());
    assertTrue(without.size() >= CASES_AT_LEAST, () -> without.size() + " cases");
    return without.keySet().stream()
        .map(name -> dynamicTest(name, () -> compare(name, without, with, KNOWN_DIFFERENCES)));
  }

  /** Observing changes less. */
  @TestFactory
  Stream<DynamicTest> sameOutcomeWhileTheAgentOnlyObserves() throws SQLException {
    Map<String, String> without = outcomesWithoutTheAgent();
    Map<String, String> with = outcomes(true, "mode=observe");
    assertEquals(without.keySet(), with.keySet());
    return without.keySet().stream()
        .map(name -> dynamicTest(name, () -> compare(name, without, with, OBSERVED_DIFFERENCES)));
  }

  private static void compare(
      String name,
      Map<String, String> outcomesWithout,
      Map<String, String> outcomesWith,
      Map<String, String> knownDifferences) {
    String without = outcomesWithout.get(name);
    String with = outcomesWith.get(name);
    String reason = knownDifferences.get(name);
    if (reason == null) {
      assertEquals(without, with);
    } else {
      assertNotEquals(without, with, "no longer a difference: " + reason);
    }
  }

  /** Else the driver was compared with itself. XA connections are the driver's own. */
  private static void allWasPooled(ChildJvm.Outcome outcome) {
    List<String> notPooled =
        outcome.err().stream()
            .filter(line -> line.contains(" not-pooled ") && !line.contains("reason=XA"))
            .toList();
    assertEquals(List.of(), notPooled);
  }

  /** Asked for once. */
  private static Map<String, String> outcomesWithoutTheAgent() throws SQLException {
    if (WITHOUT.isEmpty()) {
      WITHOUT.putAll(outcomes(false, ""));
    }
    return WITHOUT;
  }

  private static Map<String, String> outcomes(boolean agent, String settings) throws SQLException {
    TestPostgres server = TestPostgres.shared();
    String user = server.createUser("fidelity", "secret");
    String database = server.createDatabase();
    server.give(database, user);
    String url = server.url(database) + "?user=" + user + "&password=secret";
    Map<String, String> outcomes = new LinkedHashMap<>();
    ChildJvm child = ChildJvm.of(FidelityProgram.class, url);
    ChildJvm.Outcome outcome = (agent ? child.agent(settings) : child).run().succeeded();
    allWasPooled(outcome);
    for (String line : outcome.out()) {
      String[] parts = line.split("\t", 2);
      if (parts.length == 2) {
        outcomes.put(parts[0], parts[1].replace(user, "USER").replace(database, "DATABASE"));
      }
    }
    return outcomes;
  }
}
