package io.tenantpool.config;

/** Reads ASCII digits, and nothing else: no sign, no blank, no separator. */
final class Digits {

  /** More digits than any setting needs, few enough to fit a {@code long} in any unit. */
  private static final int MAX_LENGTH = 12;

  private Digits() {}

  /** The number, or -1 when {@code text} is not a number of at most twelve digits. */
  static long parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }
}
