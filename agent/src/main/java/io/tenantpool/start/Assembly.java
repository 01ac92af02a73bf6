package io.tenantpool.start;

import io.tenantpool.bootstrap.ConnectionBridge;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.LogicalConnections;
import io.tenantpool.interception.AgentFaults;
import io.tenantpool.interception.Redirect;
import io.tenantpool.observation.Observation;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import io.tenantpool.routing.Router;

/** Puts the agent's rooms together. */
final class Assembly {

  private Assembly() {}

  /** The whole agent behind its door. */
  static ConnectionBridge of(Settings settings, AgentFaults faults) {
    Observation observation = new Observation(settings, version(), faults::count);
    PoolManager pool = new PoolManager(settings, Ticker.system(), observation.listener());
    pool.start();
    observation.start(pool);
    return new Redirect(new Router(settings), pool, new LogicalConnections(), faults);
  }

  /** From the manifest of the jar, which the boot loader's classes came from. */
  private static String version() {
    String version = ConnectionBridge.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
