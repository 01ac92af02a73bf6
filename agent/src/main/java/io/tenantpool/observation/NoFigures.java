package io.tenantpool.observation;

import io.tenantpool.config.EvictionOrder;
import io.tenantpool.config.LendingOrder;
import io.tenantpool.config.TenantCap;
import io.tenantpool.pool.CircuitSnapshot;
import io.tenantpool.pool.CircuitState;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.TenantSnapshot;
import io.tenantpool.pool.WatchedSnapshot;
import java.util.Map;

/** What is known of a server or tenant that the pool does not know yet: nothing happened. */
final class NoFigures {

  private NoFigures() {}

  static ServerSnapshot server(String server) {
    return new ServerSnapshot(
        server,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        Map.of(),
        CircuitSnapshot.NONE,
        TenantCap.ELASTIC,
        "",
        0,
        0,
        Map.of(),
        0,
        Map.of(),
        EvictionOrder.LRU,
        EvictionOrder.LRU,
        LendingOrder.LIFO);
  }

  /** Of a tenant, or with an empty name of a whole server. */
  static WatchedSnapshot watched(String tenant) {
    return new WatchedSnapshot(tenant, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());
  }

  static TenantSnapshot tenant(String server, String tenant) {
    return new TenantSnapshot(
        server,
        tenant,
        "",
        0,
        false,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        Map.of(),
        0,
        CircuitState.CLOSED,
        0,
        0,
        0,
        0,
        Map.of(),
        0,
        1);
  }
}
