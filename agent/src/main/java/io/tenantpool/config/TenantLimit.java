package io.tenantpool.config;

import java.util.OptionalInt;

/**
 * What holds for the tenants of one name, or of all names that a pattern fits.
 *
 * @param pattern a name, in which {@code *} stands for any characters
 * @param least how many connections they have before anybody has more than that
 * @param most how many connections they never exceed
 * @param weight how much more than others they get
 */
record TenantLimit(String pattern, OptionalInt least, OptionalInt most, OptionalInt weight) {

  /** Whether it names one tenant. */
  boolean isOfOne() {
    return pattern.indexOf('*') < 0;
  }

  /** Whether it is about that tenant. */
  boolean fits(String tenant) {
    return fits(pattern, tenant);
  }

  /**
   * The parts between the stars, one after the other: the first at the start, the last at the end.
   */
  private static boolean fits(String pattern, String text) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(text);
    }
    int last = pattern.lastIndexOf('*');
    int end = pattern.length() - last - 1;
    if (text.length() < star + end
        || !text.startsWith(pattern.substring(0, star))
        || !text.endsWith(pattern.substring(last + 1))) {
      return false;
    }
    int at = star;
    int most = text.length() - end;
    for (int from = star + 1; from <= last; ) {
      int next = pattern.indexOf('*', from);
      String part = pattern.substring(from, next);
      int found = text.indexOf(part, at);
      if (found < 0 || found + part.length() > most) {
        return false;
      }
      at = found + part.length();
      from = next + 1;
    }
    return true;
  }
}
