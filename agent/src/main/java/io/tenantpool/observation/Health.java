package io.tenantpool.observation;

import java.util.Locale;

/** Whether the agent works, for a machine that asks every few seconds. */
final class Health {

  private final PoolManagerMXBean manager;

  Health(PoolManagerMXBean manager) {
    this.manager = manager;
  }

  /** One object of JSON. */
  String json() {
    return String.format(
        Locale.ROOT,
        "{\"status\":\"up\",\"servers\":%d,\"open\":%d,\"waiting\":%d,\"agentFaults\":%d,"
            + "\"observationFaults\":%d}%n",
        manager.getServers().length,
        manager.getOpen(),
        manager.getWaiting(),
        manager.getAgentFaults(),
        manager.getObservationFaults());
  }
}
