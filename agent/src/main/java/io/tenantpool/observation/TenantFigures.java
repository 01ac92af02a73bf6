package io.tenantpool.observation;

import io.tenantpool.pool.TenantSnapshot;
import io.tenantpool.pool.Ticker;
import java.util.HashMap;
import java.util.Map;

/** The live tenants of one server, read all at once and kept for a tenth of a second. */
final class TenantFigures {

  private final PoolFigures pool;
  private final String server;
  private final Cached<Map<String, TenantSnapshot>> live;

  TenantFigures(PoolFigures pool, String server, Ticker ticker) {
    this.pool = pool;
    this.server = server;
    this.live = new Cached<>(ticker, Map.of(), last -> read());
  }

  Map<String, TenantSnapshot> live() {
    return live.get();
  }

  /** One of them, even when it is dormant. */
  TenantSnapshot of(String tenant) {
    TenantSnapshot snapshot = live.get().get(tenant);
    return snapshot != null
        ? snapshot
        : pool.tenant(server, tenant).orElseGet(() -> NoFigures.tenant(server, tenant));
  }

  private Map<String, TenantSnapshot> read() {
    Map<String, TenantSnapshot> tenants = new HashMap<>();
    for (TenantSnapshot tenant : pool.liveTenants(server)) {
      tenants.put(tenant.tenant(), tenant);
    }
    return tenants;
  }
}
