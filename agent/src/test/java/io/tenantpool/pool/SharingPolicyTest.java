package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.TenantCap;
import io.tenantpool.config.TenantLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The way of sharing that was chosen, beside those that were not, on all traces. {@code
 * target/sharing.md} has the table of {@code docs/sharing.md}.
 */
final class SharingPolicyTest {

  private static final int BUDGET = 20;
  private static final int SHARE = 3;
  private static final long MILLIS = 4_000;
  private static final long WARM_UP = 1_000;
  private static final double LONGEST_QUANTUM_MILLIS = 60;

  private record Way(Sharing sharing, SharingPolicy policy) {}

  private static Map<String, Way> ways() {
    Sharing hard = Sharing.hard(SHARE);
    Sharing elastic = new Sharing(SHARE, TenantCap.ELASTIC, TenantLimits.NONE);
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("chosen", new Way(elastic, SharingPolicy.CHOSEN));
    ways.put("hard cap of 3", new Way(hard, SharingPolicy.CHOSEN));
    ways.put("LRU without shares", new Way(Sharing.hard(BUDGET), SharingPolicy.CHOSEN));
    ways.put(
        "max-min by demand",
        new Way(new Sharing(1, TenantCap.ELASTIC, TenantLimits.NONE), SharingPolicy.CHOSEN));
    for (int unwanted : List.of(5, 10)) {
      ways.put(
          "unwanted " + unwanted, new Way(elastic, new SharingPolicy(unwanted, 2, 1, true, 0)));
    }
    for (int wait : List.of(0, 1, 4)) {
      ways.put("wait " + wait, new Way(elastic, new SharingPolicy(20, wait, 1, true, 0)));
    }
    for (int quanta : List.of(0, 2, 4)) {
      ways.put("quanta " + quanta, new Way(elastic, new SharingPolicy(20, 2, quanta, true, 0)));
    }
    for (int atOnce : List.of(1, 2, 4)) {
      ways.put("at once " + atOnce, new Way(elastic, new SharingPolicy(20, 2, 1, true, atOnce)));
    }
    ways.put(
        "any number at once",
        new Way(elastic, new SharingPolicy(20, 2, 1, true, Integer.MAX_VALUE)));
    ways.put("surplus as any other", new Way(elastic, new SharingPolicy(20, 2, 1, false, 0)));
    return ways;
  }

  private static SharingSimulation run(SharingTraces trace, Way way) {
    PoolLimits plain =
        new PoolLimits(
            BUDGET,
            0,
            SHARE,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            0);
    PoolLimits limits =
        new PoolLimits(
            plain.budget(),
            plain.reserved(),
            way.sharing(),
            plain.acquireTimeout(),
            plain.maxIdle(),
            plain.maxLifetime(),
            plain.validateAfter(),
            plain.validationTimeout(),
            plain.leakNanos(),
            plain.breaksCircuits(),
            plain.asksServer(),
            plain.maxWaiting());
    SharingSimulation simulation =
        new SharingSimulation(limits, way.policy(), trace.tenants(), 42, MILLIS, WARM_UP);
    trace.fill(simulation);
    return simulation.run();
  }

  @Test
  void theChosenWayIsNowhereMuchWorseThanTheBest() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add(
        "| trace | way | units/s | p99 of a borrow, ms | connects/s | Jain | evicted and wanted"
            + " again at once, /s | most of one |");
    rows.add("|---|---|---|---|---|---|---|---|");
    List<String> problems = new ArrayList<>();
    for (SharingTraces trace : SharingTraces.values()) {
      Map<String, SharingSimulation> seen = new LinkedHashMap<>();
      ways().forEach((name, way) -> seen.put(name, run(trace, way)));
      seen.forEach((name, each) -> rows.add(row(trace, name, each)));
      judge(trace, seen, problems);
    }
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", "sharing.md"), rows);
    assertTrue(problems.isEmpty(), () -> String.join("\n", problems));
  }

  private static String row(SharingTraces trace, String name, SharingSimulation seen) {
    double seconds = MILLIS / 1000.0;
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.0f | %.1f | %.0f | %.3f | %.1f | %d |",
        trace.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        name,
        seen.allUnits() / seconds,
        seen.p99(0, trace.tenants()),
        seen.connects / seconds,
        seen.jain(0, trace.tenants()),
        seen.pingPong / seconds,
        seen.mostOfOne);
  }

  private static void judge(
      SharingTraces trace, Map<String, SharingSimulation> seen, List<String> problems) {
    SharingSimulation chosen = Objects.requireNonNull(seen.get("chosen"));
    long best = 0;
    for (Map.Entry<String, SharingSimulation> each : seen.entrySet()) {
      if (each.getKey().startsWith("at once ")) {
        // They know how many processors the server has.
        continue;
      }
      best = Math.max(best, each.getValue().allUnits());
    }
    if (chosen.allUnits() < 0.9 * best) {
      problems.add(trace + ": " + chosen.allUnits() + " units, the best way has " + best);
    }
    SharingSimulation hard = Objects.requireNonNull(seen.get("hard cap of 3"));
    boolean isShared = trace != SharingTraces.HOT_AMONG_SLEEPING;
    if (isShared && connectsEach(chosen) > 1.05 * connectsEach(hard)) {
      problems.add(trace + ": more connects than with a hard cap");
    }
    if (trace == SharingTraces.EQUAL_DEMANDS && chosen.jain(0, trace.tenants()) < 0.95) {
      problems.add(trace + ": Jain " + chosen.jain(0, trace.tenants()));
    }
    double modest = chosen.p99(1, trace.tenants());
    if (trace == SharingTraces.GREEDY_BESIDE_MODEST && modest > 3 * LONGEST_QUANTUM_MILLIS) {
      problems.add(trace + ": p99 of the modest " + modest + " ms");
    }
    for (SharingSimulation each : seen.values()) {
      if (each.longestUnserved() > 2_000) {
        problems.add(trace + ": somebody waits for " + each.longestUnserved() + " ms");
      }
    }
  }

  private static double connectsEach(SharingSimulation simulation) {
    return (double) simulation.connects / Math.max(1, simulation.allUnits());
  }
}
