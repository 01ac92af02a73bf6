package io.tenantpool.it.outages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one run saw of one outage in one way; it travels as a line of text. */
final class Sight {

  /** Each figure that is seen. */
  enum Figure {
    /** Units of work. */
    UNITS,
    /** Of the first tenant's that came while it lasted, those that failed. */
    FAILED,
    /** Of the second tenant's. */
    FAILED_OF_OTHER,
    /** Of those that came when it was over for a second. */
    FAILED_LATER,
    /** Those that were not over at the end. */
    HANGING,
    /** Those that read what is not theirs. */
    WRONG,
    /** The longest that a request for a connection took, in milliseconds. */
    WORST_GET,
    /** The same of the second tenant. */
    WORST_GET_OF_OTHER,
    /** The longest that a whole unit took. */
    WORST_UNIT,
    /** How long after it was over every tenant had been served. */
    BACK,
    /** The most sockets that were open at once. */
    SOCKETS,
    /** How many connections could be held at once afterwards. */
    HELD,
    /** The longest hiccup of the machine. */
    HICCUP,
    /** What the agent says of its borrows, and of those that are in use in the end. */
    BORROWS,
    ACTIVE
  }

  private static final String BETWEEN = "\t";

  private final Map<Figure, Long> figures = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  Sight put(Figure figure, long value) {
    figures.put(figure, value);
    return this;
  }

  long get(Figure figure) {
    Long value = figures.get(figure);
    if (value == null) {
      throw new AssertionError(figure + " was not seen: " + this);
    }
    return value;
  }

  void add(String failure) {
    if (!failures.contains(failure)) {
      failures.add(failure);
    }
  }

  /** What was thrown: the call, the class, and the kind of failure by its SQLState. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  String line() {
    return figures.toString().replaceAll("[{}]", "") + BETWEEN + String.join(BETWEEN, failures);
  }

  static Sight of(String line) {
    String[] parts = line.split(BETWEEN, -1);
    Sight sight = new Sight();
    for (String figure : parts[0].split(", ")) {
      String[] nameAndValue = figure.split("=");
      sight.put(Figure.valueOf(nameAndValue[0]), Long.parseLong(nameAndValue[1]));
    }
    Arrays.stream(parts).skip(1).filter(part -> !part.isEmpty()).forEach(sight::add);
    return sight;
  }

  @Override
  public String toString() {
    return figures + " " + failures;
  }
}
