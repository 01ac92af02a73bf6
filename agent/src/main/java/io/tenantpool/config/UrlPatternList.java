package io.tenantpool.config;

import java.util.ArrayList;
import java.util.List;

/**
 * URL patterns, separated by commas. A comma may also stand inside a pattern, between the hosts of
 * a multi-host URL; so a comma separates only where the next pattern's {@code jdbc:} follows it.
 */
final class UrlPatternList {

  private static final String START = "jdbc:";

  private UrlPatternList() {}

  /**
   * The patterns of {@code text}.
   *
   * @throws IllegalArgumentException with one reason for each pattern that is not understood; none
   *     of them holds a secret
   */
  static List<UrlPattern> parse(String text, boolean mayBeNone) {
    if (text.equalsIgnoreCase(SettingType.NONE)) {
      if (mayBeNone) {
        return List.of();
      }
      throw new IllegalArgumentException(
          "must name at least one URL pattern; tenantpool.enabled=false switches the agent off");
    }
    List<UrlPattern> patterns = new ArrayList<>();
    StringBuilder reasons = new StringBuilder();
    for (String element : split(text)) {
      try {
        patterns.add(pattern(element));
      } catch (IllegalArgumentException e) {
        reasons.append(reasons.isEmpty() ? "" : "; ").append(reason(element, e));
      }
    }
    if (!reasons.isEmpty()) {
      throw new IllegalArgumentException(reasons.toString());
    }
    return List.copyOf(patterns);
  }

  /** The elements of a list, without the blanks around them. */
  static List<String> split(String text) {
    List<String> elements = new ArrayList<>();
    int start = 0;
    for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', comma + 1)) {
      int next = comma + 1;
      while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
        next++;
      }
      if (startsPattern(text, next)) {
        elements.add(text.substring(start, comma).strip());
        start = next;
      }
    }
    elements.add(text.substring(start).strip());
    return elements;
  }

  private static boolean startsPattern(String text, int at) {
    return text.regionMatches(true, at, START, 0, START.length());
  }

  private static UrlPattern pattern(String element) {
    if (!startsPattern(element, 0)) {
      throw problem(element, "a pattern starts with jdbc:");
    }
    if (element.endsWith(",")) {
      throw problem(element, "nothing follows the last comma");
    }
    return UrlPattern.parse(element);
  }

  private static IllegalArgumentException problem(String element, String reason) {
    return new IllegalArgumentException("URL pattern \"" + element + "\": " + reason);
  }

  /**
   * Why the element is no pattern. The reason may quote any part of the element, so where that
   * holds secrets it is asked for again without them.
   */
  private static String reason(String element, IllegalArgumentException failure) {
    String masked = Secrets.mask(element, "xxx");
    if (masked.equals(element)) {
      return String.valueOf(failure.getMessage());
    }
    String shown = Secrets.mask(element, "***");
    try {
      pattern(masked);
      return String.valueOf(
          problem(shown, "what *** stands for cannot be part of a pattern").getMessage());
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage()).replace(masked, shown);
    }
  }
}
