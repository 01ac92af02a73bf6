package io.tenantpool.cli;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Figures as people read them. */
final class Words {

  private Words() {}

  /** A time in the unit that suits it. */
  static String micros(double micros) {
    if (micros < 1_000) {
      return String.format(Locale.ROOT, "%.0f us", micros);
    }
    return micros < 1_000_000
        ? String.format(Locale.ROOT, "%.1f ms", micros / 1_000)
        : String.format(Locale.ROOT, "%.1f s", micros / 1_000_000);
  }

  static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
  }

  /** Per second; a dash for what is not known yet. */
  static String rate(OptionalDouble perSecond) {
    return perSecond.isEmpty()
        ? "-"
        : String.format(
            Locale.ROOT, perSecond.getAsDouble() < 10 ? "%.1f" : "%.0f", perSecond.getAsDouble());
  }

  static String age(long millis) {
    long seconds = millis / 1_000;
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + " min";
    }
    return seconds < 86_400
        ? seconds / 3_600 + " h " + seconds / 60 % 60 + " min"
        : seconds / 86_400 + " d " + seconds / 3_600 % 24 + " h";
  }

  static String causes(Map<String, Long> causes) {
    return causes.isEmpty()
        ? "none"
        : causes.entrySet().stream()
            .map(cause -> cause.getKey() + " " + cause.getValue())
            .collect(Collectors.joining("   "));
  }

  /** On one line, and without anything that a terminal would obey. */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      visible.append(Character.isISOControl(c) ? '?' : c);
    }
    return visible.toString();
  }

  /** {@link #visible}, cut to {@code width}. */
  static String fitted(String text, int width) {
    String visible = visible(text);
    return visible.length() <= width ? visible : visible.substring(0, Math.max(0, width - 1)) + "~";
  }
}
