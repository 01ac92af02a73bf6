package io.tenantpool.routing;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The parts of a host that is written as a list of names and values, which MariaDB's and MySQL's
 * drivers know. Names are in lower case.
 */
final class HostParts {

  private HostParts() {}

  /**
   * Reads {@code (host=a)(port=1)}.
   *
   * @throws NotUnderstoodException when it is something else
   */
  static Map<String, String> parenthesised(String text) throws NotUnderstoodException {
    Map<String, String> parts = new LinkedHashMap<>();
    for (int from = 0; from < text.length(); ) {
      int close = text.indexOf(')', from);
      if (text.charAt(from) != '(' || close < 0) {
        throw malformed();
      }
      add(text.substring(from + 1, close), parts);
      from = close + 1;
    }
    return parts;
  }

  /**
   * Reads {@code host=a,port=1}.
   *
   * @throws NotUnderstoodException when it is something else
   */
  static Map<String, String> commaSeparated(String text) throws NotUnderstoodException {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      add(part, parts);
    }
    return parts;
  }

  private static void add(String part, Map<String, String> parts) throws NotUnderstoodException {
    int equals = part.indexOf('=');
    if (equals < 0 || part.indexOf('(') >= 0) {
      throw malformed();
    }
    String name = part.substring(0, equals).trim().toLowerCase(Locale.ROOT);
    parts.put(name, part.substring(equals + 1).trim());
  }

  private static NotUnderstoodException malformed() {
    return new NotUnderstoodException("an address of the URL is not a list of names and values");
  }
}
