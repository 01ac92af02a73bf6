package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.EvictionOrder;
import io.tenantpool.config.LendingOrder;
import io.tenantpool.observation.capacity.CapacityCurve;
import io.tenantpool.observation.capacity.CapacityPoint;
import io.tenantpool.observation.capacity.CapacityRecorder;
import io.tenantpool.observation.capacity.Conditions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the curve says of other caps, against pools that really have them. */
final class CapacityCurveAndPoolTest {

  private static final int BORROWS = 4000;
  private static final int TENANTS = 60;
  private static final long MILLI = 1_000_000;
  private static final int TRACE = 24_000;
  private static final int WARM_UP = 4_000;

  /** The pool and the curve that was drawn beside it. */
  private record Observed(ServerSnapshot server, CapacityCurve curve) {}

  /** Up to {@code concurrency} leases at once, of tenants of which a few are busy. */
  private static Observed run(int cap, int concurrency, EvictionOrder order) throws SQLException {
    PoolLimits limits = TestLimits.ordered(TestLimits.of(cap, 0, 1), order, LendingOrder.LIFO);
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
        scene.figures(),
        recorder.curve(new Conditions(cap, MILLI, 1000 * MILLI, order), BORROWS * MILLI));
  }

  private static CapacityPoint at(int cap, CapacityCurve curve) {
    return curve.points().stream().filter(p -> p.cap() == cap).findFirst().orElseThrow();
  }

  @Test
  void aPoolWithAnotherCapHasTheHitsAndEvictionsThatTheCurveForetold() throws SQLException {
    CapacityCurve curve = run(50, 4, EvictionOrder.LRU).curve();
    assertEquals(BORROWS, curve.borrows());
    for (int cap : new int[] {5, 6, 8, 10, 15, 20, 30, 50}) {
      CapacityPoint foretold = at(cap, curve);
      ServerSnapshot real = run(cap, 4, EvictionOrder.LRU).server();
      assertEquals((double) real.hits() / real.borrows(), foretold.hitRate(), 0.002, "cap " + cap);
      long evicted = real.evictions().getOrDefault(EvictionCause.CAPACITY, 0L);
      double seconds = BORROWS / 1000.0;
      assertEquals(evicted / seconds, foretold.evictionsPerSecond(), 2, "cap " + cap);
    }
  }

  @Test
  void theCurveIsTheSameWhateverCapWasObserved() throws SQLException {
    CapacityCurve small = run(6, 4, EvictionOrder.LRU).curve();
    CapacityCurve large = run(100, 4, EvictionOrder.LRU).curve();
    assertEquals(large.recommended(), small.recommended());
    for (int cap : new int[] {4, 8, 15, 30}) {
      assertEquals(at(cap, large).hitRate(), at(cap, small).hitRate(), "cap " + cap);
    }
  }

  @Test
  void theRecommendedCapIsTheSmallestThatKeepsWhatItPromises() throws SQLException {
    CapacityCurve curve = run(50, 4, EvictionOrder.LRU).curve();
    int recommended = curve.recommended().orElseThrow();
    CapacityPoint best = curve.points().get(curve.points().size() - 1);
    CapacityPoint chosen = at(recommended, curve);
    assertTrue(best.hitRate() - chosen.hitRate() <= CapacityCurve.AVOIDABLE_MISSES);
    assertTrue(chosen.waitRatio() <= CapacityCurve.WAITING);
    assertTrue(recommended > 4 && recommended < 50, "recommended " + recommended);
    ServerSnapshot real = run(recommended - 1, 4, EvictionOrder.LRU).server();
    double avoidable = best.hitRate() - (double) real.hits() / real.borrows();
    assertTrue(avoidable > CapacityCurve.AVOIDABLE_MISSES, "one less had done: " + avoidable);
  }

  /** Four at once, as {@link #run} has them. */
  @Test
  void whereRareTenantsGiveWayFirstTheCurveForetellsThat() throws SQLException {
    CapacityCurve curve = run(50, 4, EvictionOrder.FREQUENCY).curve();
    for (int cap : new int[] {5, 6, 8, 10, 15, 20, 30, 50}) {
      ServerSnapshot real = run(cap, 4, EvictionOrder.FREQUENCY).server();
      assertEquals(
          (double) real.hits() / real.borrows(), at(cap, curve).hitRate(), 0.02, "cap " + cap);
    }
  }

  /** One at a time; what the ledger does on them is in {@code target/eviction.md} too. */
  @Test
  void onEveryTraceTheCurveIsThatOfTheOrderThatIsInForce() {
    for (EvictionTraces trace : EvictionTraces.values()) {
      int[] requests = trace.requests(new SplittableRandom(42), TRACE);
      CapacityCurve curve = curveOf(requests);
      for (int room : new int[] {12, 20, 30, 50}) {
        double real =
            new EvictionSimulation(requests, WARM_UP, room).ledger(EvictionOrder.FREQUENCY);
        assertEquals(
            real,
            at(room, curve).hitRate(),
            trace.isStationary() ? 0.025 : 0.04,
            trace + ", room for " + room);
      }
    }
  }

  private static CapacityCurve curveOf(int[] requests) {
    CapacityRecorder recorder = new CapacityRecorder(0);
    recorder.record(new OneAtATime(Arrays.copyOf(requests, WARM_UP)), WARM_UP * MILLI);
    recorder.reset(WARM_UP * MILLI);
    int[] counted = Arrays.copyOfRange(requests, WARM_UP, requests.length);
    recorder.record(new OneAtATime(counted), TRACE * MILLI);
    return recorder.curve(
        new Conditions(20, MILLI, 1000 * MILLI, EvictionOrder.FREQUENCY), TRACE * MILLI);
  }

  /** Each tenant gives its connection back before the next one comes. */
  private record OneAtATime(int[] requests) implements BorrowSamples {
    @Override
    public String server() {
      return "db:5432";
    }

    @Override
    public void forEach(Visitor visitor) {
      for (int tenant : requests) {
        visitor.borrowed("t" + tenant, MILLI);
        visitor.returned("t" + tenant, MILLI);
      }
    }

    @Override
    public long lost() {
      return 0;
    }
  }
}
