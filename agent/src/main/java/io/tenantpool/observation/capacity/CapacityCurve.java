package io.tenantpool.observation.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * What the borrows of one server would have met under every cap.
 *
 * @param borrows how many that is
 * @param seconds the time that they cover: what has passed, less the part whose borrows were lost
 * @param tenants tenants that were followed
 * @param sampled whether those are a sample that stands for more
 * @param withoutCap connections that all tenants together would hold, had none ever been closed
 * @param points from a cap of 2 to the first that leaves nothing to gain, and the cap in force
 * @param recommended the smallest cap under which at most {@link #WAITING} of the borrows wait and
 *     at most {@link #AVOIDABLE_MISSES} open a connection that no cap would have closed before;
 *     empty for fewer than {@link #ENOUGH} borrows
 */
public record CapacityCurve(
    long borrows,
    double seconds,
    int tenants,
    boolean sampled,
    long withoutCap,
    List<CapacityPoint> points,
    OptionalInt recommended) {

  /** Part of the borrows that may wait under the recommended cap. */
  public static final double WAITING = 0.01;

  /** Part of the borrows that may miss what a larger cap had kept. */
  public static final double AVOIDABLE_MISSES = 0.05;

  /** Borrows that a recommendation needs. */
  public static final long ENOUGH = 1000;

  private static final int[] STEPS = {10, 12, 15, 20, 25, 30, 40, 50, 60, 80};

  static CapacityCurve of(
      Tally tally, double seconds, double leaseNanos, double[] rates, Conditions conditions) {
    return new Drawing(tally, seconds, leaseNanos, rates, conditions).curve();
  }

  /** Caps worth a row, in ascending order, none larger than {@code last} except one. */
  private static TreeSet<Integer> round(int last) {
    TreeSet<Integer> caps = new TreeSet<>(List.of(2));
    for (int tenth = 0; tenth < 10; tenth++) {
      for (long scale = 1; scale <= ReuseDistances.LARGEST_CAP; scale *= 10) {
        long cap = STEPS[tenth] * scale / 10;
        if (cap >= 2 && cap <= ReuseDistances.LARGEST_CAP) {
          caps.add((int) cap);
        }
      }
    }
    Integer end = caps.ceiling(Math.min(last, ReuseDistances.LARGEST_CAP));
    return new TreeSet<>(caps.headSet(end == null ? caps.last() : end, true));
  }

  /** The computation, with what its steps have in common. */
  private static final class Drawing {

    private final Tally tally;
    private final double seconds;
    private final Conditions conditions;
    private final double[] hits;
    private final WaitingEstimate waiting;

    Drawing(Tally tally, double seconds, double leaseNanos, double[] rates, Conditions conditions) {
      this.tally = tally;
      this.seconds = seconds;
      this.conditions = conditions;
      this.hits = tally.hits(ReuseDistances.LARGEST_CAP, conditions.order());
      double actual = misses(Math.max(1, Math.min(conditions.cap(), hits.length - 1)));
      this.waiting = new WaitingEstimate(tally, leaseNanos, actual, rates, conditions);
    }

    CapacityCurve curve() {
      OptionalInt recommended = recommended();
      TreeSet<Integer> caps = round(Math.max(tally.distances().max(), tally.needs().max() + 1));
      caps.add(Math.max(2, conditions.cap()));
      recommended.ifPresent(caps::add);
      List<CapacityPoint> points = new ArrayList<>();
      for (int cap : caps) {
        points.add(point(cap));
      }
      return new CapacityCurve(
          tally.borrows(),
          seconds,
          tally.tracked(),
          tally.weight() > 1,
          Math.round(tally.now().total()),
          List.copyOf(points),
          recommended);
    }

    private double misses(int cap) {
      double ratio = tally.borrows() == 0 ? 0 : 1 - hits[cap] / tally.borrows();
      return Math.max(0, Math.min(1, ratio));
    }

    private CapacityPoint point(int cap) {
      WaitingEstimate.Waiting wait = waiting.under(cap, misses(cap));
      return new CapacityPoint(
          cap,
          tally.borrows() == 0 ? 0 : 1 - misses(cap),
          seconds > 0 ? tally.evictions(cap, hits[cap]) / seconds : 0,
          wait.ratio(),
          wait.nanos());
    }

    private OptionalInt recommended() {
      if (tally.borrows() < ENOUGH) {
        return OptionalInt.empty();
      }
      int largest = hits.length - 1;
      double least = misses(largest);
      int low = 2;
      int high = largest;
      while (low < high) {
        int cap = (low + high) / 2;
        double misses = misses(cap);
        if (misses - least <= AVOIDABLE_MISSES && waiting.under(cap, misses).ratio() <= WAITING) {
          high = cap;
        } else {
          low = cap + 1;
        }
      }
      return OptionalInt.of(low);
    }
  }
}
