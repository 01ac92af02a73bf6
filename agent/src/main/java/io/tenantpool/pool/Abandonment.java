package io.tenantpool.pool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of slots and places in the line that nobody has any more, because a thread's way
 * ended in an error: {@link Recovery} closes the sockets. Holds to the invariants of {@link
 * ServerLedger}. Not thread-safe: the server's lock guards it.
 */
final class Abandonment {

  private final ServerLedger ledger;
  private final Dispatcher dispatcher;
  private final LedgerRepair repair;

  Abandonment(ServerLedger ledger, Dispatcher dispatcher, LedgerRepair repair) {
    this.ledger = ledger;
    this.dispatcher = dispatcher;
    this.repair = repair;
  }

  /** A step has ended in the middle: sets everything right, and serves who can be served then. */
  void repair(long now) {
    repair.recount();
    int unanswered = 0;
    for (TenantPool tenant : ledger.tenants().all()) {
      unanswered += tenant.isUnanswered() ? tenant.counters().connecting : 0;
    }
    ledger.connects().unanswered().recount(unanswered);
    for (TenantPool tenant : ledger.tenants().all()) {
      dispatcher.offerSpare(tenant, now);
    }
    dispatcher.serveLine();
  }

  /** Takes the places of threads that have gone out of the line; adds to {@code left} the slots. */
  void collect(List<Slot> left, long now) {
    List<Waiter> gone = new ArrayList<>();
    for (TenantPool tenant : ledger.tenants().all()) {
      for (Waiter waiter : tenant.waiters()) {
        if (waiter.isLeft) {
          gone.add(waiter);
        }
      }
    }
    for (Waiter waiter : gone) {
      ledger.queueing().abandon(waiter, now);
    }
    for (Slot slot : ledger.book().slots()) {
      if (slot.isAbandoned()) {
        left.add(slot);
      }
    }
  }

  /**
   * The calling thread owns the slot, or nobody does. Returns the slot that it has to {@linkplain
   * SlotState#CLOSING close}, or to end the {@linkplain SlotState#OPENING opening} of: usually the
   * same, or the one that its owner was to go on with. Null when there is nothing left to do; what
   * is only doomed may be somebody else's to close by now.
   */
  @Nullable Slot adopt(Slot abandoned, long now) {
    Slot slot = abandoned;
    for (Slot next = slot.replacement; next != null; next = slot.replacement) {
      slot.adopted();
      slot = next;
    }
    slot.adopted();
    switch (slot.state()) {
      case ACTIVE -> {
        ledger.returned(slot, EvictionCause.BROKEN, now);
        return null;
      }
      case TAKEN, VALIDATING, RESETTING -> {
        close(slot, now);
        return slot;
      }
      case OPENING, CLOSING -> {
        return slot;
      }
      default -> {
        return null;
      }
    }
  }

  private void close(Slot slot, long now) {
    if (slot.isWithWorker()) {
      ledger.resetFailed(slot, EvictionCause.RESET);
      return;
    }
    slot.tenant().leftByBorrower();
    ledger.book().closing(slot, EvictionCause.BROKEN);
    dispatcher.offerSpare(slot.tenant(), now);
    dispatcher.serveLine();
  }
}
