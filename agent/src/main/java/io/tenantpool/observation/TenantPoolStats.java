package io.tenantpool.observation;

import com.zaxxer.hikari.metrics.PoolStats;
import io.tenantpool.pool.TenantSnapshot;

/** A tenant's snapshot in the form that HikariCP's metrics trackers read. */
final class TenantPoolStats extends PoolStats {

  /** As HikariCP's own pools. */
  private static final long RELOAD_MILLIS = 1000;

  private final Cached<TenantSnapshot> snapshot;

  TenantPoolStats(Cached<TenantSnapshot> snapshot) {
    super(RELOAD_MILLIS);
    this.snapshot = snapshot;
  }

  @Override
  protected void update() {
    TenantSnapshot tenant = snapshot.get();
    totalConnections = tenant.open();
    idleConnections = tenant.idle();
    activeConnections = tenant.active();
    pendingThreads = tenant.waiting();
    maxConnections = tenant.limit();
    minConnections = 0;
  }
}
