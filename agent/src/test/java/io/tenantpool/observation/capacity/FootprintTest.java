package io.tenantpool.observation.capacity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a tenant costs in memory, and a borrow in time. */
final class FootprintTest {

  private static final int TENANTS = 200_000;

  private final List<String> names = new ArrayList<>();
  private long sink;

  FootprintTest() {
    for (int i = 0; i < TENANTS; i++) {
      names.add("tenant-" + i);
    }
  }

  /** Sizes at which tables have just grown are the dearest. */
  @Test
  void aTenantCostsAHundredBytesAtMost() {
    for (int each : new int[] {1000, 1600, 6200, 12_400, 16_000}) {
      List<ReuseDistances> servers = new ArrayList<>();
      long before = usedBytes();
      for (int first = 0; first + each <= TENANTS; first += each) {
        ReuseDistances server = new ReuseDistances(CapacityRecorder.TRACKED_TENANTS);
        for (int round = 0; round < 3; round++) {
          names.subList(first, first + each).forEach(server::borrowed);
          names.subList(first, first + each).forEach(server::returned);
        }
        servers.add(server);
      }
      long bytes = (usedBytes() - before) / ((long) servers.size() * each);
      assertTrue(bytes <= 100, bytes + " bytes for each of " + each + " tenants");
      sink += servers.stream().mapToLong(server -> server.tally().borrows()).sum();
    }
    assertTrue(sink > 0);
  }

  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least =
          Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    return least;
  }

  /**
   * Mattson's algorithm on a plain list takes time in proportion to the tenants; this one must not.
   * The best of several rounds, so that a busy machine does not decide.
   */
  @Test
  void aBorrowAmongManyTenantsCostsLittleMoreThanOneAmongFew() {
    double few = bestNanos(500);
    double many = bestNanos(16_000);
    assertTrue(many < 12 * few, few + " ns among 500, " + many + " ns among 16,000");
  }

  @Test
  void aBorrowCostsNoMoreThanAFewStepsOfAnAccessOrderedMap() {
    double curve = bestNanos(5000);
    double map = bestMapNanos(5000);
    assertTrue(curve < 10 * map, curve + " ns, the map " + map + " ns");
  }

  private double bestNanos(int tenants) {
    ReuseDistances server = new ReuseDistances(CapacityRecorder.TRACKED_TENANTS);
    return best(
        tenants,
        name -> {
          server.borrowed(name);
          server.returned(name);
        });
  }

  private double bestMapNanos(int tenants) {
    Map<String, long[]> recent = new LinkedHashMap<>(16, 0.75f, true);
    Map<String, long[]> counts = new HashMap<>();
    return best(
        tenants,
        name -> {
          recent.computeIfAbsent(name, n -> new long[1])[0]++;
          counts.computeIfAbsent(name, n -> new long[1])[0]++;
        });
  }

  private double best(int tenants, Consumer<String> step) {
    int steps = 300_000;
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 9; round++) {
      long start = System.nanoTime();
      int tenant = round;
      for (int i = 0; i < steps; i++) {
        tenant = (tenant + 7919) % tenants;
        step.accept(names.get(tenant));
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return (double) best / steps;
  }
}
