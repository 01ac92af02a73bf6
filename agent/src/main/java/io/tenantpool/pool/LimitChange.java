package io.tenantpool.pool;

import io.tenantpool.config.TenantCap;
import java.util.ArrayList;
import java.util.List;

/**
 * Other limits while the pool is in use. The new ones hold at once for everything that is opened or
 * lent from now on. What is free above them is doomed, the first victims first; a lease is never
 * taken away: what it holds above them is closed when it comes back. Whoever can be served under
 * the new limits is served in the same step. Not thread-safe: the server's lock guards it.
 */
final class LimitChange {

  private final SlotBook book;
  private final Tenants tenants;
  private final WaitingLine line;
  private final Queueing queueing;
  private final Connects connects;
  private final Dispatcher dispatcher;
  private final Retirement retirement;

  LimitChange(
      SlotBook book,
      Tenants tenants,
      WaitingLine line,
      Queueing queueing,
      Connects connects,
      Dispatcher dispatcher,
      Retirement retirement) {
    this.book = book;
    this.tenants = tenants;
    this.line = line;
    this.queueing = queueing;
    this.connects = connects;
    this.dispatcher = dispatcher;
    this.retirement = retirement;
  }

  void apply(PoolLimits limits, long now) {
    queueing.limit(limits);
    connects.maxLifetime(limits.maxLifetime());
    connects.breaksCircuits(limits.breaksCircuits());
    book.budget().configure(limits.budget(), limits.reserved());
    book.budget().asks(limits.asksServer());
    retirement.maxIdle(limits.maxIdle());
    boolean same = tenants.sharing().equals(limits.sharing());
    if (tenants.share(limits.sharing(), limits.budget())) {
      for (TenantPool tenant : tenants.all()) {
        if (!same || !tenant.isLimitedByHand()) {
          share(tenant, tenants.shareOf(tenant.name()), false);
        }
      }
    }
    book.reorder(limits);
    dispatcher.lends(limits.lendingOrder());
    retirement.doomExcess();
    serve(now);
  }

  /** Another cap for one tenant, until its share is set anew. */
  void limit(TenantPool tenant, int cap) {
    TenantShare usual = tenants.shareOf(tenant.name());
    boolean hard = tenants.sharing().cap() == TenantCap.HARD;
    share(tenant, hard ? TenantShare.hard(cap) : usual.cappedAt(cap), true);
  }

  /** What one tenant may have; whom that lets in is to be served after it. */
  private void share(TenantPool tenant, TenantShare share, boolean byHand) {
    tenant.share(share, byHand);
    book.shareChanged(tenant);
    int over = -share.cap();
    for (Slot slot : tenant.slots()) {
      over += slot.isUsable() && slot.fate() == null ? 1 : 0;
    }
    Slot free = tenant.stalest();
    for (; over > 0 && free != null; free = tenant.stalest()) {
      book.doom(free, EvictionCause.BUDGET);
      over--;
    }
    for (Slot slot : tenant.slots()) {
      if (over > 0 && slot.isUsable() && slot.fate() == null) {
        slot.sealFate(EvictionCause.BUDGET);
        over--;
      }
    }
    line.refresh(tenant);
  }

  /** Serves whoever can be served now. */
  private void serve(long now) {
    List<TenantPool> waiting = new ArrayList<>();
    for (TenantPool tenant : tenants.all()) {
      if (tenant.hasWaiters()) {
        waiting.add(tenant);
      }
    }
    for (TenantPool tenant : waiting) {
      line.refresh(tenant);
      dispatcher.offerSpare(tenant, now);
    }
    dispatcher.serveLine();
  }
}
