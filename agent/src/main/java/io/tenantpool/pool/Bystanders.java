package io.tenantpool.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Those in the waiting line who want to connect where somebody has just failed to, while the
 * circuit is open: what he met is what they would have met. Not thread-safe: the server's lock
 * guards it.
 */
final class Bystanders {

  /** How long a borrower tries on where a try can mend what was wrong. */
  static final long MENDING_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final SlotBook book;
  private final Tenants tenants;
  private final WaitingLine line;
  private final Dispatcher dispatcher;
  private final ConnectGate gate;
  private final Lookout lookout;
  private final Outbox outbox;

  Bystanders(
      SlotBook book,
      Tenants tenants,
      WaitingLine line,
      Dispatcher dispatcher,
      ConnectGate gate,
      Lookout lookout,
      Outbox outbox) {
    this.book = book;
    this.tenants = tenants;
    this.line = line;
    this.dispatcher = dispatcher;
    this.gate = gate;
    this.lookout = lookout;
    this.outbox = outbox;
  }

  /**
   * The connect of {@code slot}, which began at {@code began}, has failed in this way; the slot is
   * given up. Whoever wants the same and was there before it began is told, and so is whoever has
   * waited for {@link ConnectGate#SILENT_NANOS}: a try of his own would have begun long ago.
   */
  void failed(Slot slot, OpenFailure kind, boolean isMendable, long began, long now) {
    boolean everybody = kind == OpenFailure.AWAY && gate.isServerOpen();
    if (line.isEmpty() || !(everybody || gate.isOpen(slot.key()))) {
      return;
    }
    for (TenantPool tenant : everybody ? waiting() : List.of(slot.tenant())) {
      failed(tenant, everybody ? null : slot, isMendable, began, now);
    }
  }

  private void failed(
      TenantPool tenant, @Nullable Slot ofKey, boolean isMendable, long began, long now) {
    List<Waiter> told = new ArrayList<>();
    for (Waiter waiter : tenant.waiters()) {
      long waited = now - waiter.since();
      boolean same = ofKey == null || waiter.key().equals(ofKey.key());
      boolean shares = waiter.since() - began <= 0 || waited >= ConnectGate.SILENT_NANOS;
      boolean triesOn = isMendable && waited < MENDING_NANOS;
      if (same && shares && !triesOn && wantsToConnect(waiter)) {
        told.add(waiter);
      } else if (same) {
        // It has other times to look at the gate now.
        lookout.holdBack(waiter);
      }
    }
    for (Waiter waiter : told) {
      NotTried why = gate.why(waiter.key());
      if (why != null) {
        dispatcher.leave(waiter, false);
        waiter.refuse(why);
        outbox.wake(waiter);
        tenant.counters().untried++;
        book.counters().untried++;
      }
    }
    line.refresh(tenant);
    tenants.goneDormant(tenant);
  }

  /** The server's circuit has closed: everybody may connect who has a permit. */
  void closed(long now) {
    for (TenantPool tenant : waiting()) {
      lookout.circuitChanged(tenant);
      dispatcher.offerSpare(tenant, now);
    }
    dispatcher.serveLine();
  }

  private List<TenantPool> waiting() {
    List<TenantPool> waiting = new ArrayList<>();
    for (TenantPool tenant : tenants.all()) {
      if (tenant.hasWaiters()) {
        waiting.add(tenant);
      }
    }
    return waiting;
  }

  /** Whether it would connect if it might. */
  static boolean wantsToConnect(Waiter waiter) {
    TenantPool tenant = waiter.tenant();
    boolean awaitsReset = waiter.isPatient() && tenant.resetting() > 0;
    return !waiter.isSignalled() && !awaitsReset && (tenant.mayGrow() || waiter.isNested());
  }
}
