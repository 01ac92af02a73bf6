package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.routing.PoolKey;
import org.jspecify.annotations.Nullable;

/**
 * What a thread does that {@linkplain ServerLedger#take got nothing at once}: stands in the line,
 * looks when it is called, loses patience, gives up. Holds to the invariants of {@link
 * ServerLedger}. Not thread-safe: the server's lock guards it.
 */
final class Queueing {

  private final SlotBook book;
  private final Tenants tenants;
  private final WaitingLine line;
  private final Dispatcher dispatcher;
  private final Shortage shortage;
  private long arrivals;

  Queueing(
      SlotBook book, Tenants tenants, WaitingLine line, Dispatcher dispatcher, Shortage shortage) {
    this.book = book;
    this.tenants = tenants;
    this.line = line;
    this.dispatcher = dispatcher;
    this.shortage = shortage;
  }

  /**
   * Stands in the line until {@linkplain Waiter#granted() granted}, {@linkplain #retry called} or
   * {@linkplain #abandon gone}.
   */
  Waiter enqueue(
      TenantPool tenant,
      PoolKey key,
      @Nullable Origin origin,
      Thread thread,
      long since,
      long now) {
    boolean patient = dispatcher.comesBackSoon(tenant) && tenant.mayGrow();
    Waiter waiter =
        new Waiter(
            tenant, key, origin, thread, tenant.isHeldBy(thread), patient, arrivals++, since);
    line.add(waiter);
    tenant.counters().waits();
    book.counters().waits();
    tenants.cameToLife(tenant);
    // Behind patient or signalled waiters there may be something for a newcomer all the same.
    dispatcher.offerSpare(tenant, now);
    dispatcher.serveLine();
    shortage.look(now);
    if (book.isClosed() || book.isDraining()) {
      waiter.call();
    }
    return waiter;
  }

  /**
   * A waiter that was signalled tries its luck; null when somebody was faster, and it stays where
   * it was.
   */
  @Nullable Slot retry(Waiter waiter, long now) {
    TenantPool tenant = waiter.tenant();
    dispatcher.takeSignalBack(waiter);
    if (waiter.granted() != null) {
      awaitedReset(waiter, now);
      return waiter.granted();
    }
    Slot slot =
        tenant.mayLend() || waiter.isNested()
            ? dispatcher.lendReady(tenant, waiter.key(), waiter.origin(), now)
            : null;
    if (slot != null) {
      awaitedReset(waiter, now);
      dispatcher.leave(waiter);
      dispatcher.serveAfterPass();
      return slot;
    }
    line.refresh(tenant);
    dispatcher.offerSpare(tenant, now);
    dispatcher.serveLine();
    return waiter.granted();
  }

  private static void awaitedReset(Waiter waiter, long now) {
    if (waiter.isPatient()) {
      waiter.tenant().payRent(now - waiter.since());
    }
  }

  /**
   * A waiter no longer counts on the connection that is being made clean: it is a candidate like
   * any other now.
   */
  void losePatience(Waiter waiter) {
    waiter.losePatience();
    waiter.tenant().changed(waiter);
    line.refresh(waiter.tenant());
    dispatcher.serveLine();
  }

  /**
   * A waiter gives up. Returns the slot that it was granted in the meantime, which it must use:
   * nobody else knows of it. Else it is out of the line, and a signal that it can no longer answer
   * goes to the next.
   */
  @Nullable Slot abandon(Waiter waiter, long now) {
    if (waiter.granted() != null) {
      return waiter.granted();
    }
    dispatcher.leave(waiter);
    dispatcher.offerSpare(waiter.tenant(), now);
    dispatcher.serveLine();
    tenants.goneDormant(waiter.tenant());
    return null;
  }

  void timedOut(Waiter waiter) {
    waiter.tenant().counters().timeouts++;
    book.counters().timeouts++;
  }
}
