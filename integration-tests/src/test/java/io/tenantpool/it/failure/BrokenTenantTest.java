package io.tenantpool.it.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A tenant whose database is gone, and who is asked for again and again, beside twenty that are
 * well and whose connections just fit: they are as fast as without it. Red when each of its
 * borrowers tries by itself: hundreds of connects then take processors and the others' connections.
 */
final class BrokenTenantTest {

  private static final int TENANTS = 20;
  private static final int BUDGET = 22;

  /** Eight threads ask, and one of them tries; all do, without a circuit. */
  private static final double PART_THAT_TRIES = 0.5;

  /** The turns differ by themselves; two processors are shared with everybody else. */
  private static final double AS_FAST = 2;

  private static final long MICROS_OF_CHANCE = 5_000;

  @Test
  void twentyTenantsDoNotNoticeThatOneIsBroken() throws SQLException {
    TestPostgres server = TestPostgres.shared();
    String user = server.createUser("beside", "secret");
    List<String> arguments = new ArrayList<>();
    arguments.add(server.url("%s") + "?user=" + user + "&password=secret");
    arguments.addAll(server.createDatabases("beside", TENANTS));
    ChildJvm.Outcome outcome =
        ChildJvm.of(BrokenTenantProgram.class, arguments.toArray(String[]::new))
            .agent(true)
            .setting("max-connections", BUDGET)
            .run()
            .succeeded();
    System.out.println(outcome.outText());
    Map<String, Long> figures = figures(outcome.outText());
    assertEquals(0, figure(figures, "unexpected"), outcome::errText);
    assertTrue(figure(figures, "refused") > 0, figures::toString);
    assertTrue(
        figure(figures, "connects") <= PART_THAT_TRIES * figure(figures, "refused"),
        figures::toString);
    assertTrue(
        figure(figures, "beside") <= AS_FAST * figure(figures, "alone") + MICROS_OF_CHANCE,
        figures::toString);
  }

  private static long figure(Map<String, Long> figures, String name) {
    return Objects.requireNonNull(figures.get(name), name);
  }

  private static Map<String, Long> figures(String line) {
    Map<String, Long> figures = new HashMap<>();
    String[] words = line.trim().split("\\s+");
    for (int i = 0; i + 1 < words.length; i += 2) {
      figures.put(words[i], Long.valueOf(words[i + 1]));
    }
    return figures;
  }
}
