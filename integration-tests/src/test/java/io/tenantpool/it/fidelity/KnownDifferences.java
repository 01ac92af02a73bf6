package io.tenantpool.it.fidelity;

import static java.util.Map.entry;

import java.util.Map;

/**
 * What an application can see of the agent after all, each with its reason; told in {@code
 * docs/session-state.md} too.
 */
final class KnownDifferences {

  private static final String RELEASED =
      "JDBC 4.3, 9.4.4: close releases it; the session may be somebody else's by then";

  static final Map<String, String> ALL =
      Map.ofEntries(
          entry("rows after the connection's close", RELEASED),
          entry("an array after the connection's close", RELEASED),
          entry("metadata after the connection's close", RELEASED),
          entry("properties of a statement after the connection's close", RELEASED),
          entry("an empty batch after the connection's close", RELEASED),
          entry(
              "client info that was read before a change",
              "a copy: the driver's own map would be the next user's too"));

  private KnownDifferences() {}
}
