package io.tenantpool.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TraceTest {

  private static final int UNITS = 200_000;
  private static final int TENANTS = 100;
  private static final double PER_SECOND = 10_000;

  @Test
  void uniformGivesEverybodyTheSame() {
    int[] units = units(Trace.UNIFORM, 0, UNITS);
    assertEquals(0.01, share(units, 0, 1), 0.002);
    assertEquals(0.5, share(units, 0, 50), 0.01);
  }

  @Test
  void zipfWeighsTenantsByTheirRankToTheNineTenths() {
    int[] units = units(Trace.ZIPF, 0, UNITS);
    double all = 0;
    for (int i = 1; i <= TENANTS; i++) {
      all += Math.pow(i, -0.9);
    }
    assertEquals(1 / all, share(units, 0, 1), 0.005);
    assertEquals(Math.pow(10, -0.9) / all, share(units, 9, 10), 0.005);
  }

  @Test
  void workspacesAreHotWarmAndColdInThePromisedProportions() {
    int[] units = units(Trace.WORKSPACES, 0, UNITS);
    assertEquals(0.80, share(units, 0, 20), 0.005);
    assertEquals(0.15, share(units, 20, 50), 0.005);
    assertEquals(0.05, share(units, 50, 100), 0.005);
  }

  @Test
  void workspacesOfThreeTenantsHaveOneOfEachKind() {
    TenantChoice choice = Trace.WORKSPACES.among(3);
    SplittableRandom random = new SplittableRandom(1);
    int[] units = new int[3];
    for (int i = 0; i < UNITS; i++) {
      units[choice.next(random, 0)]++;
    }
    assertEquals(0.80, (double) units[0] / UNITS, 0.01);
    assertEquals(0.15, (double) units[1] / UNITS, 0.01);
  }

  @Test
  void aBurstIsOfOneTenantAndTheNextOfAnother() {
    int[] first = units(Trace.BURSTS, 0.4, 600);
    int[] second = units(Trace.BURSTS, 0.6, 600);
    assertEquals(1, tenants(first));
    assertEquals(1, tenants(second));
    assertTrue(!Arrays.equals(first, second), "the same tenant twice");
  }

  @Test
  void betweenBurstsAnybodyComes() {
    assertTrue(tenants(units(Trace.BURSTS, 0.47, 1_000)) > 90);
  }

  @Test
  void theHotSetHasNineTenthsOfTheUnitsAndMovesEachSecond() {
    assertEquals(0.91, share(units(Trace.SHIFTING, 0, 10_000), 0, 10), 0.01);
    assertEquals(0.91, share(units(Trace.SHIFTING, 1, 10_000), 10, 20), 0.01);
    assertEquals(0.91, share(units(Trace.SHIFTING, 10, 10_000), 0, 10), 0.01);
  }

  @Test
  void aScanMeetsEverybodyAsOften() {
    int[] units = units(Trace.SCAN, 0, UNITS);
    assertEquals(0.55, share(units, 0, 10), 0.01);
    for (int i = 11; i < TENANTS; i++) {
      assertEquals(units[10], units[i], 1);
    }
  }

  private static int[] units(Trace trace, double fromSecond, int count) {
    TenantChoice choice = trace.among(TENANTS);
    SplittableRandom random = new SplittableRandom(42);
    int[] units = new int[TENANTS];
    for (int i = 0; i < count; i++) {
      // The moving traces are looked at within one second.
      units[choice.next(random, fromSecond + i / PER_SECOND % 1)]++;
    }
    return units;
  }

  private static double share(int[] units, int from, int to) {
    return (double) Arrays.stream(units, from, to).sum() / Arrays.stream(units).sum();
  }

  private static long tenants(int[] units) {
    return Arrays.stream(units).filter(each -> each > 0).count();
  }
}
