package io.tenantpool.observation.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.EvictionOrder;
import org.junit.jupiter.api.Test;

/** One pass must say of every cap what a simulation of that cap alone says. */
final class ReuseDistancesTest {

  private static final int ENOUGH_FOR_ALL = 16_384;

  private final ReuseDistances distances = new ReuseDistances(ENOUGH_FOR_ALL);

  private void borrowAndReturn(String tenant) {
    distances.borrowed(tenant);
    distances.returned(tenant);
  }

  private static void assertAsSimulated(Trace trace, int largest) {
    ReuseDistances distances = new ReuseDistances(ENOUGH_FOR_ALL);
    trace.feed(distances);
    Tally tally = distances.tally();
    double[] hits = tally.hits(largest, EvictionOrder.LRU);
    for (int cap = 1; cap <= largest; cap++) {
      BruteForceLru simulation = new BruteForceLru(cap);
      trace.feed(simulation);
      assertEquals(simulation.hits, hits[cap], "hits with a cap of " + cap);
      assertEquals(
          simulation.evictions, tally.evictions(cap, hits[cap]), "evictions with a cap of " + cap);
      assertEquals(
          simulation.waits,
          tally.needing(cap) * tally.borrows(),
          1e-6,
          "waits with a cap of " + cap);
    }
  }

  @Test
  void everyCapHasTheHitsEvictionsAndWaitsOfItsOwnSimulation() {
    for (int seed = 0; seed < 40; seed++) {
      assertAsSimulated(Trace.random(seed, 3000, 5 + 7 * seed, seed % 4, 1 + seed % 13), 80);
    }
  }

  @Test
  void aLongTraceOfManyTenantsIsExactTooAcrossCompactions() {
    assertAsSimulated(Trace.random(99, 60_000, 900, 1, 30), 40);
  }

  @Test
  void aTenantThatIsUsedAgainAtOnceNeedsOneConnection() {
    borrowAndReturn("a");
    borrowAndReturn("a");
    assertEquals(1, distances.tally().distances().at(1));
    assertEquals(1, distances.tally().firsts());
  }

  @Test
  void whatIsLeasedMeanwhileCountsAsMuchAsWhatIsIdle() {
    borrowAndReturn("a");
    distances.borrowed("b");
    borrowAndReturn("c");
    distances.borrowed("a");
    assertEquals(1, distances.tally().distances().at(3));
  }

  @Test
  void aTenantThatHoldsTwoAtOnceNeedsTwo() {
    distances.borrowed("a");
    distances.borrowed("a");
    distances.returned("a");
    distances.returned("a");
    assertEquals(2, distances.tally().firsts());
    assertEquals(2, distances.tally().now().total());
    assertEquals(1, distances.tally().now().under(1));
  }

  @Test
  void aResetForgetsTheFiguresAndRemembersTheConnections() {
    Trace trace = Trace.random(7, 5000, 60, 1, 8);
    trace.feed(distances);
    BruteForceLru simulation = new BruteForceLru(20);
    trace.feed(simulation);
    distances.reset();
    assertEquals(0, distances.tally().borrows());
    long hitsBefore = simulation.hits;
    long evictionsBefore = simulation.evictions;
    for (int i = 0; i < 3000; i++) {
      String tenant = "tenant-" + i * 31 % 37;
      borrowAndReturn(tenant);
      simulation.borrowed(tenant);
      simulation.returned(tenant);
    }
    Tally tally = distances.tally();
    double hits = tally.hits(20, EvictionOrder.LRU)[20];
    assertEquals(simulation.hits - hitsBefore, hits);
    assertEquals(simulation.evictions - evictionsBefore, tally.evictions(20, hits));
  }

  @Test
  void lostReturnsLeaveNoLeaseBehindAndLostBorrowsNoConnectionThatNobodyHas() {
    for (int i = 0; i < 10_000; i++) {
      distances.borrowed("returns-are-lost");
      distances.gap();
      distances.returned("borrows-are-lost");
      distances.gap();
    }
    Tally.Stock now = distances.tally().now();
    assertEquals(0, now.leased());
    assertEquals(1, now.total());
  }

  @Test
  void aReturnThatNobodySawBeginMakesItsTenantTheNewest() {
    borrowAndReturn("a");
    borrowAndReturn("b");
    distances.returned("a");
    distances.borrowed("a");
    assertEquals(1, distances.tally().distances().at(1));
  }

  @Test
  void aSampleOfTheTenantsIsWithinOneInAHundredOfTheTruth() {
    int tenants = 50_000;
    int[] caps = {2, 10, 100, 300, 1000, 2000, 4000, 7000, 10_000};
    for (int skew = 0; skew < 2; skew++) {
      ReuseDistances exact = new ReuseDistances(Integer.MAX_VALUE);
      ReuseDistances sampled = new ReuseDistances(CapacityRecorder.TRACKED_TENANTS);
      Trace trace = Trace.random(skew, 600_000, tenants, skew, 20);
      trace.feed(exact);
      trace.feed(sampled);
      Tally truth = exact.tally();
      Tally estimate = sampled.tally();
      assertEquals(1, truth.weight());
      assertTrue(estimate.weight() >= 2, "nothing was sampled");
      assertTrue(estimate.tracked() < CapacityRecorder.TRACKED_TENANTS);
      double[] trueHits = truth.hits(ReuseDistances.LARGEST_CAP, EvictionOrder.LRU);
      double[] hits = estimate.hits(ReuseDistances.LARGEST_CAP, EvictionOrder.LRU);
      for (int cap : caps) {
        String where = "skew " + skew + ", cap " + cap;
        double borrows = truth.borrows();
        assertEquals(trueHits[cap] / borrows, hits[cap] / borrows, 0.01, where);
        assertEquals(
            truth.evictions(cap, trueHits[cap]) / borrows,
            estimate.evictions(cap, hits[cap]) / borrows,
            0.01,
            where);
      }
      assertEquals(truth.now().total(), estimate.now().total(), truth.now().total() / 50);
    }
  }
}
