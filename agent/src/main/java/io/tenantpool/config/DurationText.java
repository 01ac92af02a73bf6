package io.tenantpool.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as operators write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 24h}. */
final class DurationText {

  private DurationText() {}

  /** The duration, or null when the text is not a whole number followed by a unit. */
  static @Nullable Duration parse(String text) {
    int unitAt = 0;
    while (unitAt < text.length() && Character.isDigit(text.charAt(unitAt))) {
      unitAt++;
    }
    long number = Digits.parse(text.substring(0, unitAt));
    if (number < 0) {
      return null;
    }
    return switch (text.substring(unitAt)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> null;
    };
  }
}
