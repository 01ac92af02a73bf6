package io.tenantpool.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a permit of the server, tenant by tenant in the order of arrival. Each tenant has
 * at most one candidate here: its first waiter for whom it may have one more connection; waiters
 * whose own tenant is at its cap stand in the tenant's line alone, so a greedy tenant's thousand
 * threads cost nobody a look. System tenants have a line of their own, since they may pass when the
 * rest is reserved for them. Who may not be served just now because too much is {@linkplain
 * Exemption above the caps} is passed over. Not thread-safe: the server's lock guards it.
 */
final class WaitingLine {

  private final TreeMap<Long, Waiter> ordinary = new TreeMap<>();
  private final TreeMap<Long, Waiter> system = new TreeMap<>();
  private int waiting;

  void add(Waiter waiter) {
    waiter.tenant().addWaiter(waiter);
    waiting++;
    refresh(waiter.tenant());
  }

  /** Takes a waiter out; false when it was not in the line. */
  boolean remove(Waiter waiter) {
    if (!waiter.tenant().removeWaiter(waiter)) {
      return false;
    }
    waiting--;
    refresh(waiter.tenant());
    return true;
  }

  /** See {@link LedgerRepair}. */
  void recount(Iterable<TenantPool> tenants) {
    ordinary.clear();
    system.clear();
    waiting = 0;
    for (TenantPool tenant : tenants) {
      tenant.candidate = null;
      waiting += tenant.waiters().size();
      refresh(tenant);
    }
  }

  int waiting() {
    return waiting;
  }

  /**
   * Sets the tenant's candidate anew; to be called whenever its waiters or the number of its
   * connections changed.
   */
  void refresh(TenantPool tenant) {
    Waiter now = tenant.hasWaiters() ? tenant.nextToGrow() : null;
    Waiter before = tenant.candidate;
    if (now == before) {
      return;
    }
    TreeMap<Long, Waiter> line = tenant.isSystem() ? system : ordinary;
    if (before != null) {
      line.remove(before.order());
    }
    if (now != null) {
      line.put(now.order(), now);
    }
    tenant.candidate = now;
  }

  boolean isEmpty() {
    return waiting == 0;
  }

  /** All candidates, in no order. */
  Iterable<Waiter> candidates() {
    List<Waiter> all = new ArrayList<>(ordinary.values());
    all.addAll(system.values());
    return all;
  }

  /** The candidate who has waited longest. */
  @Nullable Waiter first() {
    Waiter ordinaryFirst = head(ordinary);
    Waiter systemFirst = head(system);
    if (ordinaryFirst == null || systemFirst == null) {
      return ordinaryFirst == null ? systemFirst : ordinaryFirst;
    }
    return ordinaryFirst.order() < systemFirst.order() ? ordinaryFirst : systemFirst;
  }

  /** The system tenants' candidate who has waited longest. */
  @Nullable Waiter firstSystem() {
    return head(system);
  }

  /** The candidate of another tenant who has waited longest. */
  @Nullable Waiter firstOtherThan(TenantPool tenant) {
    Waiter ordinaryFirst = headOtherThan(ordinary, tenant);
    Waiter systemFirst = headOtherThan(system, tenant);
    if (ordinaryFirst == null || systemFirst == null) {
      return ordinaryFirst == null ? systemFirst : ordinaryFirst;
    }
    return ordinaryFirst.order() < systemFirst.order() ? ordinaryFirst : systemFirst;
  }

  /** The candidate of another system tenant who has waited longest. */
  @Nullable Waiter firstSystemOtherThan(TenantPool tenant) {
    return headOtherThan(system, tenant);
  }

  private static @Nullable Waiter head(TreeMap<Long, Waiter> line) {
    return headOtherThan(line, null);
  }

  private static @Nullable Waiter headOtherThan(
      TreeMap<Long, Waiter> line, @Nullable TenantPool tenant) {
    for (Waiter waiter : line.values()) {
      if (waiter.tenant() != tenant && waiter.tenant().mayGrowFor(waiter)) {
        return waiter;
      }
    }
    return null;
  }
}
