package io.tenantpool.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One host of a MySQL URL, in any of the ways to write it: {@code host:port}, {@code
 * (host=h,port=p)}, {@code address=(host=h)(port=p)}, {@code [h1,h2]}, each with {@code user:pass@}
 * before it.
 *
 * @param name the host; empty when not given
 * @param port the port as written; empty when not given
 * @param user the user that stands with the host; empty when not given
 * @param secret whether a password stands with the host
 */
record MySqlHost(String name, String port, String user, boolean secret) {

  /** Reads the hosts between {@code //} and the next slash. */
  static void addAll(String authority, List<MySqlHost> hosts) throws NotUnderstoodException {
    for (String part : parts(authority)) {
      int at = part.indexOf('@');
      if (at < 0) {
        add(part.trim(), "", false, hosts);
      } else {
        String credentials = part.substring(0, at);
        int colon = credentials.indexOf(':');
        String user = (colon < 0 ? credentials : credentials.substring(0, colon)).trim();
        add(part.substring(at + 1).trim(), JdbcUrl.decoded(user), colon >= 0, hosts);
      }
    }
  }

  /** Splits at commas outside of brackets and parentheses. */
  private static List<String> parts(String authority) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < authority.length(); i++) {
      switch (authority.charAt(i)) {
        case '[', '(' -> depth++;
        case ']', ')' -> depth--;
        case ',' -> {
          if (depth == 0) {
            parts.add(authority.substring(from, i));
            from = i + 1;
          }
        }
        default -> {
          // Part of a host.
        }
      }
    }
    parts.add(authority.substring(from));
    return parts;
  }

  private static void add(String text, String user, boolean secret, List<MySqlHost> hosts)
      throws NotUnderstoodException {
    if (text.startsWith("(") && text.endsWith(")")) {
      Map<String, String> parts = HostParts.commaSeparated(text.substring(1, text.length() - 1));
      hosts.add(ofParts(parts, user, secret));
    } else if (text.regionMatches(true, 0, "address=", 0, 8)) {
      hosts.add(ofParts(HostParts.parenthesised(text.substring(8).trim()), user, secret));
    } else if (text.startsWith("[") && text.endsWith("]") && !text.matches("\\[[0-9a-fA-F:.]*]")) {
      for (String part : parts(text.substring(1, text.length() - 1))) {
        if (part.trim().startsWith("[") && !part.contains(":")) {
          throw new NotUnderstoodException("the URL has a list of hosts inside another");
        }
        add(part.trim(), user, secret, hosts);
      }
    } else {
      hosts.add(ofText(text, user, secret));
    }
  }

  private static MySqlHost ofText(String text, String user, boolean secret)
      throws NotUnderstoodException {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || colon < text.lastIndexOf(']')) {
      return new MySqlHost(JdbcUrl.decoded(text), "", user, secret);
    }
    if (!text.startsWith("[") && text.indexOf(':') != colon) {
      throw new NotUnderstoodException("a host of the URL has two colons and no brackets");
    }
    return new MySqlHost(
        JdbcUrl.decoded(text.substring(0, colon)), text.substring(colon + 1), user, secret);
  }

  private static MySqlHost ofParts(Map<String, String> parts, String user, boolean secret)
      throws NotUnderstoodException {
    String protocol = parts.getOrDefault("protocol", "");
    if (parts.containsKey("dbname") || protocol.equalsIgnoreCase("pipe")) {
      throw new NotUnderstoodException("a host of the URL has a database of its own or is a pipe");
    }
    String own = JdbcUrl.decoded(parts.getOrDefault("user", ""));
    return new MySqlHost(
        JdbcUrl.decoded(parts.getOrDefault("host", "")),
        parts.getOrDefault("port", ""),
        user.isEmpty() ? own : user,
        secret || parts.containsKey("password"));
  }

  /** For people to read. */
  String display() {
    String credentials = user + (secret ? ":" + Secrets.MASK : "");
    return (credentials.isEmpty() ? "" : credentials + "@")
        + name
        + (port.isEmpty() ? "" : ":" + port);
  }
}
