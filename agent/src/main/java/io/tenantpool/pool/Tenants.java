package io.tenantpool.pool;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tenants of one server that were ever seen, by name, and which of them are live: have a
 * connection or wait for one. Not thread-safe: the server's lock guards it.
 */
final class Tenants {

  private final Outbox outbox;
  private final Map<String, TenantPool> tenants = new HashMap<>();
  private final Exemption exemption = new Exemption(tenants::size);
  private Sharing sharing;
  private int budget;

  /** That of nearly all tenants, one object for all of them. */
  private TenantShare usual;

  private int live;

  Tenants(PoolLimits limits, Outbox outbox) {
    this.outbox = outbox;
    sharing = limits.sharing();
    budget = limits.budget();
    usual = sharing.ofOthers(budget);
  }

  /** The tenant of that name, a new one if there is none. */
  TenantPool named(String name, boolean system, long now) {
    TenantPool tenant = tenants.get(name);
    if (tenant == null) {
      tenant = new TenantPool(name, system, shareOf(name), exemption);
      tenant.usedAt(now);
      tenants.put(name, tenant);
    }
    return tenant;
  }

  /** How far above their caps they may be. */
  Exemption exemption() {
    return exemption;
  }

  @Nullable TenantPool find(String name) {
    return tenants.get(name);
  }

  Iterable<TenantPool> all() {
    return tenants.values();
  }

  int count() {
    return tenants.size();
  }

  int live() {
    return live;
  }

  /** Who may have the last connection. */
  LastLease lastLease() {
    return exemption.lastLease();
  }

  /** How the server's connections are shared out. */
  Sharing sharing() {
    return sharing;
  }

  /**
   * What each tenant may have from now on, those that are yet to come among them, unless it is what
   * it was; see {@link LimitChange}. False in that case.
   */
  boolean share(Sharing other, int most) {
    boolean changed = !other.equals(sharing) || most != budget;
    sharing = other;
    budget = most;
    usual = sharing.ofOthers(budget);
    return changed;
  }

  /** What a tenant of that name may have. */
  TenantShare shareOf(String name) {
    TenantShare own = sharing.of(name, budget);
    return own.equals(usual) ? usual : own;
  }

  void cameToLife(TenantPool tenant) {
    if (tenant.announce(true)) {
      live++;
      outbox.tenantLive(tenant.name());
    }
  }

  /**
   * A tenant that never had a connection leaves no trace: its name may have been a typing mistake.
   * But for a while it is known that it is not answered.
   */
  void goneDormant(TenantPool tenant) {
    if (tenant.isLive()) {
      return;
    }
    if (tenant.announce(false)) {
      live--;
      outbox.tenantDormant(tenant.name());
    }
    if (tenant.counters().opens == 0 && !tenant.isUnanswered()) {
      tenants.remove(tenant.name(), tenant);
    }
  }

  /** See {@link LedgerRepair}. */
  void recount() {
    live = 0;
    for (TenantPool tenant : List.copyOf(tenants.values())) {
      if (tenant.isLive()) {
        cameToLife(tenant);
      } else {
        goneDormant(tenant);
      }
    }
    live = 0;
    for (TenantPool tenant : tenants.values()) {
      live += tenant.isLive() ? 1 : 0;
    }
  }

  void resetPeaks() {
    for (TenantPool tenant : tenants.values()) {
      tenant.counters().resetPeaks();
    }
  }
}
