package io.tenantpool.routing;

import java.util.Locale;
import java.util.StringJoiner;

/**
 * The name of a server: the hosts of a URL in their order, in lower case, each with its port, IPv6
 * addresses in brackets.
 */
final class HostNames {

  private final StringJoiner list = new StringJoiner(",");

  /**
   * Adds a host; an empty one is the local host, as it is for every driver.
   *
   * @throws NotUnderstoodException when it cannot be a host; in particular when credentials may be
   *     hidden in it, for a server's name is shown everywhere
   */
  void add(String host, int port) throws NotUnderstoodException {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || "@()=".indexOf(c) >= 0) {
        throw new NotUnderstoodException("a host of the URL has a character that no host has");
      }
    }
    String name = host.isEmpty() ? "localhost" : host.toLowerCase(Locale.ROOT);
    boolean bare = name.indexOf(':') >= 0 && !name.startsWith("[");
    list.add(bare ? "[" + name + "]:" + port : name + ":" + port);
  }

  /**
   * Reads a port.
   *
   * @throws NotUnderstoodException when it is none
   */
  static int port(String text) throws NotUnderstoodException {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException noNumber) {
      // Said below.
    }
    throw new NotUnderstoodException("a port of the URL is not a number from 1 to 65535");
  }

  /**
   * Splits at commas; empty parts at the end do not count, which is how the drivers split.
   *
   * @throws NotUnderstoodException when there are only commas
   */
  static String[] split(String text) throws NotUnderstoodException {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ',') {
      end--;
    }
    if (end == 0 && !text.isEmpty()) {
      throw new NotUnderstoodException("the URL has a list of hosts without a host");
    }
    return text.substring(0, end).split(",", -1);
  }

  @Override
  public String toString() {
    return list.toString();
  }
}
