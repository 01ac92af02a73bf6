package io.tenantpool.observation.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.EvictionOrder;
import io.tenantpool.config.LendingOrder;
import io.tenantpool.config.TenantCap;
import io.tenantpool.pool.CircuitSnapshot;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.WaitCause;
import io.tenantpool.pool.WaitTally;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the report blames for waits, and what it says was saved. */
class CapacityReportTest {

  private static final CapacityCurve CURVE =
      new CapacityCurve(2_000, 10, 3, false, 30, List.of(), OptionalInt.of(20));

  private static String report(TenantCap cap, String limits, Map<WaitCause, WaitTally> waits) {
    ServerSnapshot server =
        new ServerSnapshot(
            "db:5432",
            20,
            20,
            0,
            0,
            0,
            3,
            20,
            20,
            0,
            0,
            0,
            3,
            3,
            20,
            20,
            5,
            0,
            0,
            100,
            1,
            1,
            90,
            0,
            Map.of(),
            10,
            0,
            50_000_000,
            0,
            0,
            Map.of(),
            Map.of(),
            CircuitSnapshot.NONE,
            cap,
            limits,
            17,
            0,
            waits,
            7,
            Map.of("Agroal", 2L, "HikariCP", 30L),
            EvictionOrder.FREQUENCY,
            EvictionOrder.LRU,
            LendingOrder.LIFO);
    return String.join("\n", CapacityReport.lines(server, CURVE));
  }

  private static String blamed(TenantCap cap, String limits) {
    String report = report(cap, limits, Map.of(WaitCause.SHARE, new WaitTally(10, 20_000_000)));
    return report.substring(report.indexOf("  But "));
  }

  @Test
  void waitsForTheBudgetAreNotBlamedOnATenantsShare() {
    assertFalse(
        report(TenantCap.ELASTIC, "none", Map.of(WaitCause.BUDGET, new WaitTally(50, 1)))
            .contains("  But "));
  }

  @Test
  void theOrderOfVictimsThatTheTableIsDrawnByIsNamed() {
    String report = report(TenantCap.ELASTIC, "none", Map.of());
    assertTrue(report.contains("as tenantpool.eviction-order=frequency has it"), report);
    assertTrue(report.contains("Just now it is the second."), report);
  }

  @Test
  void atDefaultSettingsALargerBudgetHelpsAndIsNamed() {
    assertEquals(
        "  But 10.0 % of the borrows waited because their tenant had its share, and others might"
            + " have wanted what was idle, 2.0 ms each: raise tenantpool.max-connections-per-tenant"
            + " or tenantpool.max-connections.",
        blamed(TenantCap.ELASTIC, "none"));
  }

  @Test
  void whereALimitBoundsATenantItIsNamed() {
    String blamed = blamed(TenantCap.ELASTIC, "trial-*<=1");
    assertTrue(
        blamed.contains("raise that in tenantpool.tenant-limits (trial-*<=1); otherwise"), blamed);
    assertFalse(blamed.contains("no larger cap"), blamed);
  }

  @Test
  void withAHardCapNoLargerBudgetHelps() {
    String blamed = blamed(TenantCap.HARD, "none");
    assertTrue(blamed.contains("which no larger cap of the server changes"), blamed);
    assertTrue(blamed.contains("tenantpool.tenant-cap=elastic"), blamed);
    assertFalse(blamed.contains("tenant-limits"), blamed);
  }

  @Test
  void itSaysByWhomConnectionsWouldHaveBeenOpened() {
    String report = report(TenantCap.ELASTIC, "none", Map.of());
    assertTrue(
        report.contains(
            "there would have been 39, 7 of the application itself and 32 of its own pools (Agroal"
                + " 2, HikariCP 30); with it there were 10 of 5.0 ms; 29 saved, 0.1 s."),
        report);
  }
}
