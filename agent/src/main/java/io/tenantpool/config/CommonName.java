package io.tenantpool.config;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A name that two patterns fit, in which {@code *} stands for any characters. */
final class CommonName {

  private final String one;
  private final String other;

  /** Pairs of places from which on nothing was found. */
  private final BitSet inVain = new BitSet();

  private CommonName(String one, String other) {
    this.one = one;
    this.other = other;
  }

  /** The shortest of these, or one of them; null when no name fits both. */
  static @Nullable String of(String one, String other) {
    return new CommonName(one, other).from(0, 0);
  }

  /** What follows where the patterns were read up to these places. */
  private @Nullable String from(int i, int j) {
    if (i == one.length() && j == other.length()) {
      return "";
    }
    int pair = i * (other.length() + 1) + j;
    if (inVain.get(pair)) {
      return null;
    }
    String rest = afterStar(i, j);
    if (rest == null) {
      rest = withLetter(i, j);
    }
    if (rest == null) {
      inVain.set(pair);
    }
    return rest;
  }

  /** A star that stands for nothing more. */
  private @Nullable String afterStar(int i, int j) {
    String rest = isStar(one, i) ? from(i + 1, j) : null;
    return rest == null && isStar(other, j) ? from(i, j + 1) : rest;
  }

  /** One letter more, of which one of the patterns must have it, and the other may. */
  private @Nullable String withLetter(int i, int j) {
    boolean isFree = isStar(one, i);
    boolean isOtherFree = isStar(other, j);
    if (isFree == isOtherFree) {
      boolean isSame =
          !isFree && i < one.length() && j < other.length() && one.charAt(i) == other.charAt(j);
      return isSame ? led(one.charAt(i), from(i + 1, j + 1)) : null;
    }
    if (isFree) {
      return j < other.length() ? led(other.charAt(j), from(i, j + 1)) : null;
    }
    return i < one.length() ? led(one.charAt(i), from(i + 1, j)) : null;
  }

  private static @Nullable String led(char letter, @Nullable String rest) {
    return rest == null ? null : letter + rest;
  }

  private static boolean isStar(String pattern, int at) {
    return at < pattern.length() && pattern.charAt(at) == '*';
  }
}
