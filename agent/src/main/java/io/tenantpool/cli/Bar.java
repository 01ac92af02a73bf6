package io.tenantpool.cli;

import java.util.Locale;

/** A budget and what is used of it, as a bar. */
record Bar(long used, long budget) {

  /** From here on it is worth a look, and soon an alarm. */
  private static final double HIGH = 0.8;

  private static final double FULL = 0.9;

  private static final String RESET = "\u001b[0m";

  static Bar of(Bean server) {
    return new Bar(server.count("Open"), server.count("Budget"));
  }

  double ratio() {
    return budget == 0 ? 0 : (double) used / budget;
  }

  /** Such as {@code [######....] 6 of 10 (60 %)}. */
  String drawn(int width, boolean coloured) {
    int filled = (int) Math.min(width, Math.round(ratio() * width));
    String bar = "[" + "#".repeat(filled) + ".".repeat(width - filled) + "]";
    return (coloured ? colour() + bar + RESET : bar)
        + String.format(Locale.ROOT, " %d of %d (%.0f %%)", used, budget, ratio() * 100);
  }

  private String colour() {
    if (ratio() >= FULL) {
      return "\u001b[31m";
    }
    return ratio() >= HIGH ? "\u001b[33m" : "\u001b[32m";
  }
}
