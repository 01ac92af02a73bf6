package io.tenantpool.it.fidelity;

import java.util.Map;

/**
 * What an application can see of the agent after all, each with its reason; told in {@code
 * docs/session-state.md} too.
 */
final class KnownDifferences {

  static final Map<String, String> ALL =
      Map.of(
          "unwrap: a cast of a connection to the driver's class",
          "a logical connection has the driver's interfaces, not its class",
          "closed connection: vendor getters that cannot throw SQLException",
          "there is no session to ask, and the method can throw nothing better",
          "after close: a statement's properties",
          "they live in the driver's statement, which is somebody else's by then",
          "after close: an empty batch",
          "only the driver knew that the batch was empty",
          "after close: rows that were fetched",
          "JDBC closes them with the connection; reading on might need the session",
          "after close: rows that were not fetched",
          "the result set is closed with the connection, so it does not come to the server",
          "after close: database metadata that knows by itself",
          "the agent does not know which answers need no server",
          "after close: an array",
          "reading it may need the server's types");

  private KnownDifferences() {}
}
