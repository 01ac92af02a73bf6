package io.tenantpool.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ArrivalTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final TenantChoice FIRST = (random, second) -> 0;

  @Test
  void anOpenLoopHasAsManyArrivalsAsPromised() {
    assertEquals(10_000, schedule(1_000, 10 * SECOND, 7).size(), 400);
  }

  @Test
  void theGapsOfAnOpenLoopAreThoseOfAPoissonProcess() {
    List<Long> times = schedule(1_000, 100 * SECOND, 7);
    long longer = 0;
    for (int i = 1; i < times.size(); i++) {
      longer += times.get(i) - times.get(i - 1) > MILLI ? 1 : 0;
    }
    // More than the mean has one of e gaps.
    assertEquals(1 / Math.E, (double) longer / times.size(), 0.01);
  }

  @Test
  void theScheduleDependsOnTheSeedAlone() {
    assertEquals(schedule(500, SECOND, 3), schedule(500, SECOND, 3));
    assertTrue(!schedule(500, SECOND, 3).equals(schedule(500, SECOND, 4)));
  }

  @Test
  void theLatencyOfAnOpenLoopIncludesTheWaitForAThread() throws InterruptedException {
    // Five units a tenth of a second ago, one thread, 20 ms each: the last one took 200 ms.
    long start = System.nanoTime() - 100 * MILLI;
    Workers workers = new Workers(1, 1_000, (tenant, random) -> park(20 * MILLI));
    Figures figures = workers.run(FIRST, Given.times(start, 5, start + SECOND), start, 1);
    assertEquals(5, figures.units());
    assertTrue(figures.p50() >= 160, "p50 " + figures.p50());
    assertTrue(figures.most() >= 200, "most " + figures.most());
  }

  @Test
  void aClosedLoopTakesTheUnitAlone() throws InterruptedException {
    long start = System.nanoTime();
    Workers workers = new Workers(2, 1_000, (tenant, random) -> park(5 * MILLI));
    Figures figures = workers.run(FIRST, new ClosedLoop(start, 100 * MILLI), start, 1);
    assertTrue(figures.units() > 0);
    assertEquals(0, figures.unserved());
    assertTrue(figures.p50() >= 5, "p50 " + figures.p50());
  }

  @Test
  void whatNobodyComesToIsCountedWithItsWait() throws InterruptedException {
    long start = System.nanoTime() - SECOND;
    Workers workers = new Workers(1, 1_000, (tenant, random) -> park(20 * MILLI));
    Figures figures = workers.run(FIRST, Given.times(start, 5, start), start, 1);
    assertEquals(0, figures.units());
    assertEquals(5, figures.unserved());
    assertTrue(figures.p50() >= 1_000, "p50 " + figures.p50());
  }

  @Test
  void aQuickRefusalCountsAsLongAsTheTimeout() throws InterruptedException {
    long start = System.nanoTime();
    Workers workers =
        new Workers(
            1,
            700,
            (tenant, random) -> {
              throw new SQLException("full");
            });
    Figures figures = workers.run(FIRST, Given.times(start, 3, start + SECOND), start, 1);
    assertEquals(3, figures.failed());
    assertTrue(figures.p50() >= 699, "p50 " + figures.p50());
  }

  @Test
  void figuresSurviveTheirLine() {
    Figures figures = new Figures(1, 2, 3, 4.5, 0.001, 0.5, 6.25, 7, 8.125);
    assertTrue(Figures.isLine(figures.toLine()));
    assertEquals(figures, Figures.ofLine(figures.toLine()));
  }

  private static void park(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }

  private static List<Long> schedule(double perSecond, long nanos, long seed) {
    OpenLoop loop = new OpenLoop(0, nanos, perSecond, seed);
    List<Long> times = new ArrayList<>();
    for (OptionalLong next = loop.next(); next.isPresent(); next = loop.next()) {
      times.add(next.getAsLong());
    }
    return times;
  }

  /** So many units that arrive at the same time. */
  private static final class Given implements Arrival {

    private final long time;
    private final long deadline;
    private int left;

    private Given(long time, int count, long deadline) {
      this.time = time;
      this.left = count;
      this.deadline = deadline;
    }

    static Given times(long time, int count, long deadline) {
      return new Given(time, count, deadline);
    }

    @Override
    public synchronized OptionalLong next() {
      return left-- > 0 ? OptionalLong.of(time) : OptionalLong.empty();
    }

    @Override
    public long deadline() {
      return deadline;
    }
  }
}
