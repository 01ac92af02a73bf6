package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.observation.capacity.CapacityCurve;
import io.tenantpool.observation.capacity.CapacityPoint;
import io.tenantpool.observation.capacity.CapacityRecorder;
import io.tenantpool.observation.capacity.Conditions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the curve says of other caps, against pools that really have them. */
final class CapacityCurveAndPoolTest {

  private static final int BORROWS = 4000;
  private static final int TENANTS = 60;
  private static final long MILLI = 1_000_000;

  /** The pool and the curve that was drawn beside it. */
  private record Observed(ServerSnapshot server, CapacityCurve curve) {}

  /** Up to {@code concurrency} leases at once, of tenants of which a few are busy. */
  private static Observed run(int cap, int concurrency, int perTenant) throws SQLException {
    PoolLimits limits = TestLimits.of(cap, 0, perTenant);
    CapacityRecorder recorder = new CapacityRecorder(0);
    List<BorrowSamples> batches = new ArrayList<>();
    PoolScene scene =
        new PoolScene(
            limits,
            new RecordingListener() {
              @Override
              public void samples(BorrowSamples samples) {
                batches.add(samples);
              }
            });
    Random random = new Random(42);
    List<PooledLease> held = new ArrayList<>();
    List<String> holders = new ArrayList<>();
    for (int i = 0; i < BORROWS; i++) {
      String tenant = "t" + (int) (TENANTS * Math.pow(random.nextDouble(), 5));
      if (held.size() == concurrency || holders.contains(tenant)) {
        int back = holders.contains(tenant) ? holders.indexOf(tenant) : random.nextInt(held.size());
        holders.remove(back);
        held.remove(back).end();
        scene.work();
      }
      scene.ticker.advanceMillis(1);
      held.add(scene.borrow(tenant));
      holders.add(tenant);
      if (i % 500 == 0) {
        scene.pool.publishSamples();
      }
    }
    scene.pool.publishSamples();
    batches.forEach(batch -> recorder.record(batch, scene.ticker.nanos()));
    return new Observed(
        scene.figures(), recorder.curve(new Conditions(cap, MILLI, 1000 * MILLI), BORROWS * MILLI));
  }

  private static CapacityPoint at(int cap, CapacityCurve curve) {
    return curve.points().stream().filter(p -> p.cap() == cap).findFirst().orElseThrow();
  }

  @Test
  void aPoolWithAnotherCapHasTheHitsAndEvictionsThatTheCurveForetold() throws SQLException {
    CapacityCurve curve = run(50, 4, 1).curve();
    assertEquals(BORROWS, curve.borrows());
    for (int cap : new int[] {5, 6, 8, 10, 15, 20, 30, 50}) {
      CapacityPoint foretold = at(cap, curve);
      ServerSnapshot real = run(cap, 4, 1).server();
      assertEquals((double) real.hits() / real.borrows(), foretold.hitRate(), 0.002, "cap " + cap);
      long evicted = real.evictions().getOrDefault(EvictionCause.CAPACITY, 0L);
      double seconds = BORROWS / 1000.0;
      assertEquals(evicted / seconds, foretold.evictionsPerSecond(), 2, "cap " + cap);
    }
  }

  @Test
  void theCurveIsTheSameWhateverCapWasObserved() throws SQLException {
    CapacityCurve small = run(6, 4, 1).curve();
    CapacityCurve large = run(100, 4, 1).curve();
    assertEquals(large.recommended(), small.recommended());
    for (int cap : new int[] {4, 8, 15, 30}) {
      assertEquals(at(cap, large).hitRate(), at(cap, small).hitRate(), "cap " + cap);
    }
  }

  @Test
  void theRecommendedCapIsTheSmallestThatKeepsWhatItPromises() throws SQLException {
    CapacityCurve curve = run(50, 4, 1).curve();
    int recommended = curve.recommended().orElseThrow();
    CapacityPoint best = curve.points().get(curve.points().size() - 1);
    CapacityPoint chosen = at(recommended, curve);
    assertTrue(best.hitRate() - chosen.hitRate() <= CapacityCurve.AVOIDABLE_MISSES);
    assertTrue(chosen.waitRatio() <= CapacityCurve.WAITING);
    assertTrue(recommended > 4 && recommended < 50, "recommended " + recommended);
    ServerSnapshot real = run(recommended - 1, 4, 1).server();
    double avoidable = best.hitRate() - (double) real.hits() / real.borrows();
    assertTrue(avoidable > CapacityCurve.AVOIDABLE_MISSES, "one less had done: " + avoidable);
  }
}
