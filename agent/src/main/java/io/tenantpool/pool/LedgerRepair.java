package io.tenantpool.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sets a ledger right after a step that ended in the middle, as for want of memory: everything that
 * follows from something else is counted anew from the slots and their states, and from who stands
 * in the line. What a slot was on its way to then is for its owner, or for {@link Abandonment}. Not
 * thread-safe: the server's lock guards it.
 */
final class LedgerRepair {

  private final SlotBook book;
  private final Tenants tenants;
  private final WaitingLine line;

  LedgerRepair(SlotBook book, Tenants tenants, WaitingLine line) {
    this.book = book;
    this.tenants = tenants;
    this.line = line;
  }

  /** Can be called again when it did not get to its end itself. */
  void recount() {
    List<Slot> slots = new ArrayList<>(book.slots());
    slots.removeIf(slot -> slot.state() == SlotState.CLOSED);
    slots.sort(Comparator.comparingLong(Slot::freeSince));
    int above = 0;
    for (TenantPool tenant : tenants.all()) {
      tenant.recount(slots);
      above += tenant.above();
    }
    tenants.exemption().recount(above);
    recountLastLease();
    book.recount(slots);
    line.recount(tenants.all());
    tenants.recount();
    book.counters().active = count(slots, SlotState.ACTIVE);
    book.counters().connecting = count(slots, SlotState.OPENING);
    book.counters().waiting = line.waiting();
  }

  private void recountLastLease() {
    int lent = 0;
    int lentToSystem = 0;
    List<Waiter> nested = new ArrayList<>();
    for (TenantPool tenant : tenants.all()) {
      lent += tenant.isSystem() ? 0 : tenant.lent();
      lentToSystem += tenant.isSystem() ? tenant.lent() : 0;
      for (Waiter waiter : tenant.waiters()) {
        if (LastLease.isInNeed(waiter)) {
          nested.add(waiter);
        }
      }
    }
    tenants.lastLease().recount(lent, lentToSystem, nested);
  }

  private static int count(List<Slot> slots, SlotState state) {
    int count = 0;
    for (Slot slot : slots) {
      count += slot.state() == state ? 1 : 0;
    }
    return count;
  }
}
