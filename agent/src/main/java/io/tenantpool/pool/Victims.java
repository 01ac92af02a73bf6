package io.tenantpool.pool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose free connection gives way when a tenant needs its place. Not thread-safe: the server's lock
 * guards it.
 */
final class Victims {

  /** Of the connections that nobody wants: the first ones may be remembered. */
  private static final int LOOKED_AT = 8;

  private final SlotBook book;
  private final ConnectionBudget budget;
  private final ConnectGate gate;
  private final SharingPolicy policy;

  Victims(SlotBook book, ConnectGate gate, SharingPolicy policy) {
    this.book = book;
    budget = book.budget();
    this.gate = gate;
    this.policy = policy;
  }

  /** The connection that has been free for the longest time, if that is long enough. */
  @Nullable Slot unwantedFor(TenantPool tenant, long unwantedNanos) {
    Slot unwanted = null;
    for (IdleOrder idle : passable(tenant)) {
      Slot slot = unwantedOf(idle, tenant, unwantedNanos);
      boolean isOlder =
          unwanted == null || (slot != null && slot.freeSince() - unwanted.freeSince() < 0);
      unwanted = isOlder ? slot : unwanted;
    }
    return unwanted;
  }

  /** The free connections whose permits may pass to that tenant. */
  List<IdleOrder> passable(TenantPool to) {
    List<IdleOrder> all = new ArrayList<>(2);
    for (boolean system : new boolean[] {false, true}) {
      if (budget.canPass(system, to.isSystem())) {
        all.add(book.idleOrder(system));
      }
    }
    return all;
  }

  /** One whose session is remembered by the application only without another among the longest. */
  private @Nullable Slot unwantedOf(IdleOrder idle, TenantPool tenant, long unwantedNanos) {
    Slot remembered = null;
    Slot slot = idle.first();
    for (int seen = 0;
        seen < LOOKED_AT && slot != null && gate.now() - slot.freeSince() >= unwantedNanos;
        seen++) {
      if (slot.tenant() != tenant && slot.tenant().spare() > 0) {
        if (!slot.isRemembered()) {
          return slot;
        }
        remembered = remembered == null ? slot : remembered;
      }
      slot = slot.freedAfter;
    }
    return remembered;
  }

  /**
   * What others have above their shares, of the first tenant in the {@linkplain VictimOrder order
   * of victims}; else the connection that has been free for the longest time, by LRU whatever else
   * its tenant has: that it has another one which it uses says nothing about this one. By frequency
   * it goes only if its tenant has another one; else it is the turn of the tenant that asks least
   * often. One whose session is remembered by the application goes only when there is no other. One
   * that was promised to a waiter of its own tenant is nobody else's.
   */
  @Nullable Slot of(TenantPool tenant) {
    boolean ordinary = budget.canPass(false, tenant.isSystem());
    boolean system = budget.canPass(true, tenant.isSystem());
    VictimOrder order = book.victims();
    TenantPool rich = policy.surplusFirst() ? order.surplus(ordinary, system) : null;
    if (rich != null) {
      return rich.stalestUnremembered();
    }
    boolean own = (tenant.isSystem() ? system : ordinary) && tenant.spare() > 0;
    Slot oldest = freeLonger(unwantedFor(tenant, 0), own ? tenant.stalestUnremembered() : null);
    boolean goes =
        oldest != null
            && !oldest.isRemembered()
            && (!order.isInFrequency() || oldest.tenant().usable() > 1);
    return goes ? oldest : ofFirstTenant(tenant, ordinary, system, own);
  }

  private static @Nullable Slot freeLonger(@Nullable Slot one, @Nullable Slot other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.freeSince() - other.freeSince() <= 0 ? one : other;
  }

  /**
   * The victim by tenants: what has been free for longest is promised, remembered or all it has.
   */
  private @Nullable Slot ofFirstTenant(
      TenantPool tenant, boolean ordinary, boolean system, boolean own) {
    VictimOrder order = book.victims();
    TenantPool first = order.spare(ordinary, system, false);
    if (own && tenant.stalestUnremembered() != null) {
      first = order.earlier(first, tenant);
    }
    if (first != null) {
      return first.stalestUnremembered();
    }
    first = order.spare(ordinary, system, true);
    if (own) {
      first = order.earlier(first, tenant);
    }
    return first == null ? null : first.stalest();
  }
}
