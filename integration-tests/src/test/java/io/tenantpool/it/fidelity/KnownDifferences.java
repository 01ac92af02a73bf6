package io.tenantpool.it.fidelity;

import java.util.Map;

/**
 * What an application can see of the agent after all, each with its reason; told in {@code
 * docs/session-state.md} too.
 */
final class KnownDifferences {

  static final Map<String, String> ALL = Map.of();

  private KnownDifferences() {}
}
