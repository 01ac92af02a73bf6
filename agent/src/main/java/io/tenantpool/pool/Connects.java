package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.SqlStates;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a borrower's connect comes to: a socket with a lifetime, a failure, or a refusal for want of
 * room. Holds to the invariants of {@link ServerLedger}. Not thread-safe: the server's lock guards
 * it.
 */
final class Connects {

  private final SlotBook book;
  private final WaitingLine line;
  private final Dispatcher dispatcher;
  private final ConnectCost cost;
  private long lifetimeNanos;

  Connects(
      PoolLimits limits, SlotBook book, WaitingLine line, Dispatcher dispatcher, ConnectCost cost) {
    this.book = book;
    this.line = line;
    this.dispatcher = dispatcher;
    this.cost = cost;
    lifetimeNanos = limits.maxLifetime().toNanos();
  }

  /** How long a connection may be open from now on; one that is open already, too. */
  void maxLifetime(Duration maxLifetime) {
    if (lifetimeNanos == maxLifetime.toNanos()) {
      return;
    }
    lifetimeNanos = maxLifetime.toNanos();
    for (Slot slot : book.slots()) {
      if (slot.wasOpened()) {
        slot.expiresAfter(lifetime());
      }
    }
  }

  /** Less a little that differs from one connection to the next. */
  private long lifetime() {
    return lifetimeNanos - ThreadLocalRandom.current().nextLong(lifetimeNanos / 4 + 1);
  }

  /** The slot's socket is open. */
  void opened(Slot slot, PhysicalConnection physical, long connectNanos, long now) {
    slot.opened(physical, now, lifetime());
    cost.measured(connectNanos);
    slot.tenant().counters().opened(connectNanos);
    book.counters().opened(connectNanos);
  }

  /** The slot's socket could not be opened: its permit goes to whoever waits for one. */
  void failed(Slot slot, Throwable failure, long now) {
    if (failure instanceof SQLException refusal && SqlStates.isLoginRefused(refusal)) {
      slot.logins().refused(slot.key());
    }
    if (failure instanceof SQLException silence && SqlStates.isUnreachable(silence)) {
      book.budget().doubt();
    }
    slot.tenant().counters().openFailures++;
    book.counters().openFailures++;
    giveUp(slot, now);
  }

  /**
   * The server had no room though the budget had. Returns a connection of the tenant that came back
   * in the meantime, for which the slot is given up; the slot itself when the connect is to be
   * tried again; or null when the budget was lowered, the permit is gone and the thread has to wait
   * in line.
   */
  @Nullable Slot refused(Slot slot, @Nullable Origin origin, long now) {
    TenantPool tenant = slot.tenant();
    Slot ready = dispatcher.lendReady(tenant, slot.key(), origin, now);
    if (ready == null && !book.isClosed() && !book.budget().isExceeded(tenant.isSystem())) {
      return slot;
    }
    giveUp(slot, now);
    return ready;
  }

  private void giveUp(Slot slot, long now) {
    TenantPool tenant = slot.tenant();
    slot.openFailed();
    tenant.leftByBorrower();
    book.lost(slot);
    book.releasePermit(slot);
    // The tenant may lend one more, and may have a free one.
    dispatcher.offerSpare(tenant, now);
    dispatcher.serveLine();
  }
}
