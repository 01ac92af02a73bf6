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
          entry("metadata after the connection's close", RELEASED),
          entry("properties of a statement after the connection's close", RELEASED),
          entry("an empty batch after the connection's close", RELEASED),
          entry(
              "client info that was read before a change",
              "a copy: the driver's own map would be the next user's too"),
          entry(
              "closed connection: vendor getters that cannot throw SQLException",
              "there is no session to ask, and the method can throw nothing better"),
          entry(
              "after close: a statement's properties",
              "they live in the driver's statement, which is somebody else's by then"),
          entry("after close: an empty batch", "only the driver knew that the batch was empty"),
          entry(
              "after close: rows that were fetched",
              "JDBC closes them with the connection; reading on might need the session"),
          entry(
              "after close: rows that were not fetched",
              "the result set is closed with the connection, so it does not come to the server"),
          entry(
              "after close: database metadata that knows by itself",
              "the agent does not know which answers need no server"));

  /** While the agent only observes: none. */
  static final Map<String, String> OBSERVED = Map.of();

  private KnownDifferences() {}
}
