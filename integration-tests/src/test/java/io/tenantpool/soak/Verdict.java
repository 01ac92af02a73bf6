package io.tenantpool.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What has to be right in the end, and whether it is. */
final class Verdict {

  private static final double LEVEL_FACTOR = 1.15;
  private static final double LEVEL_MEGABYTES = 3;
  private static final double LEVEL_THREADS = 5;

  private final List<String> lines = new ArrayList<>();
  private boolean right = true;

  void say(String what, boolean isRight, Object seen) {
    lines.add((isRight ? "right  " : "WRONG  ") + what + ": " + seen);
    right &= isRight;
  }

  void nothing(String what, long seen) {
    say(what, seen == 0, seen);
  }

  /** Neither heap nor threads grow: their medians of the second quarter and the last. */
  void level(List<Sample> samples) {
    level("heap after a collection, MB", samples, Sample::heapMegabytes, LEVEL_MEGABYTES);
    level("threads", samples, Sample::threads, LEVEL_THREADS);
  }

  private void level(
      String what, List<Sample> samples, ToDoubleFunction<Sample> figure, double more) {
    int quarter = samples.size() / 4;
    double second = median(samples.subList(quarter, 2 * quarter), figure);
    double last = median(samples.subList(samples.size() - quarter, samples.size()), figure);
    say(
        what + ", medians of the second quarter and the last",
        last <= second * LEVEL_FACTOR + more,
        String.format("%.1f and %.1f", second, last));
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  boolean isRight() {
    return right;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
