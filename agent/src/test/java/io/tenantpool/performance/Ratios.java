package io.tenantpool.performance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What variants took, round by round, beside the first variant of the same round. */
final class Ratios {

  private final List<Double> nanos = new ArrayList<>();
  private final List<Double> ratios = new ArrayList<>();

  void add(double variant, double first) {
    nanos.add(variant);
    ratios.add(variant / first);
  }

  void addAll(Ratios others) {
    nanos.addAll(others.nanos);
    ratios.addAll(others.ratios);
  }

  double median() {
    return Interleaved.median(ratios);
  }

  /** The median time, and the median of the ratios with their quartiles. */
  @Override
  public String toString() {
    List<Double> sorted = ratios.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%,14.0f ns  ratio %.3f (half of them %.3f to %.3f, %d rounds)",
        Interleaved.median(nanos),
        median(),
        sorted.get(sorted.size() / 4),
        sorted.get(sorted.size() * 3 / 4),
        sorted.size());
  }
}
