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
      if (text.startsWith(START, next)) {
        elements.add(text.substring(start, comma).strip());
        start = next;
      }
    }
    elements.add(text.substring(start).strip());
    return elements;
  }

  private static UrlPattern pattern(String element) {
    if (!element.startsWith(START)) {
      throw new IllegalArgumentException("a pattern starts with jdbc:");
    }
    if (element.endsWith(",")) {
      throw new IllegalArgumentException("nothing follows the last comma");
    }
    return UrlPattern.parse(element);
  }

  /**
   * Why the element is no pattern. The reason may quote the element, so it is asked for again with
   * the secrets replaced.
   */
  private static String reason(String element, IllegalArgumentException failure) {
    String masked = Secrets.mask(element, "xxx");
    String shown = Secrets.quoted(element);
    if (masked.equals(element)) {
      return "pattern " + shown + ": " + failure.getMessage();
    }
    try {
      pattern(masked);
      return "pattern " + shown + ": what *** stands for cannot be part of a pattern";
    } catch (IllegalArgumentException e) {
      return "pattern " + shown + ": " + e.getMessage();
    }
  }
}
