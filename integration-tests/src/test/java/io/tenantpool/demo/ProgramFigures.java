package io.tenantpool.demo;

import java.util.HashMap;
import java.util.Map;

/** What the sample program says about itself, in one line of {@code name=value} words. */
record ProgramFigures(
    double seconds,
    long units,
    long failures,
    long tenants,
    long orders,
    long p50Micros,
    long p99Micros) {

  static ProgramFigures parse(String line) {
    Map<String, String> values = new HashMap<>();
    for (String word : line.split(" ", -1)) {
      String[] pair = word.split("=", 2);
      if (pair.length == 2) {
        values.put(pair[0], pair[1]);
      }
    }
    return new ProgramFigures(
        Double.parseDouble(value(values, "seconds")),
        Long.parseLong(value(values, "units")),
        Long.parseLong(value(values, "failures")),
        Long.parseLong(value(values, "tenants")),
        Long.parseLong(value(values, "orders")),
        Long.parseLong(value(values, "p50_us")),
        Long.parseLong(value(values, "p99_us")));
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The program's figures lack " + name);
    }
    return value;
  }

  double unitsPerSecond() {
    return units / seconds;
  }
}
