package io.tenantpool.observation;

import com.zaxxer.hikari.HikariPoolMXBean;
import io.tenantpool.pool.TenantSnapshot;

/** A tenant's pool in HikariCP's words, for dashboards and habits made for HikariCP. */
final class HikariPoolView implements HikariPoolMXBean {

  private final String pool;
  private final String server;
  private final String tenant;
  private final Cached<TenantSnapshot> snapshot;
  private final Operations operations;

  HikariPoolView(
      String server, String tenant, Cached<TenantSnapshot> snapshot, Operations operations) {
    this.pool = Names.hikariPool(server, tenant);
    this.server = server;
    this.tenant = tenant;
    this.snapshot = snapshot;
    this.operations = operations;
  }

  @Override
  public int getIdleConnections() {
    return snapshot.get().idle();
  }

  @Override
  public int getActiveConnections() {
    return snapshot.get().active();
  }

  @Override
  public int getTotalConnections() {
    return snapshot.get().open();
  }

  @Override
  public int getThreadsAwaitingConnection() {
    return snapshot.get().waiting();
  }

  @Override
  public void softEvictConnections() {
    operations.closeTenant(server, tenant);
    snapshot.expire();
  }

  @Override
  public void suspendPool() {
    throw new IllegalStateException(pool + " - is not suspendable");
  }

  /** Nothing, as in HikariCP: a pool that cannot be suspended is not suspended. */
  @Override
  public void resumePool() {}
}
