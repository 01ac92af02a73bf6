package io.tenantpool.pool;

import io.tenantpool.routing.PoolKey;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one server: whose permit is where, who is the next victim, and what the worker has
 * to do. Knows what there is, not who should get it: that is the {@link Dispatcher}'s. Not
 * thread-safe: the server's lock guards it.
 */
final class SlotBook {

  private final ConnectionBudget budget;
  private final WaitingLine line;
  private final Tenants tenants;
  private final Accounts accounts = new Accounts();

  private final Set<Slot> slots = new LinkedHashSet<>();
  private final LeastRecentlyUsed lru = new LeastRecentlyUsed();
  private final Counters counters = new Counters();

  /**
   * Dirty and doomed slots in the order of their coming; some may have been taken by a borrower
   * since.
   */
  private final ArrayDeque<Slot> work = new ArrayDeque<>();

  private int peakOpen;
  private int resetting;
  private long slotIds;
  private boolean closed;
  private boolean draining;

  SlotBook(PoolLimits limits, Tenants tenants, WaitingLine line) {
    this.line = line;
    this.tenants = tenants;
    budget = new ConnectionBudget(limits.budget(), limits.reserved());
    tenants.exemption().of(budget);
  }

  Set<Slot> slots() {
    return slots;
  }

  /** Whose sessions they are. */
  Accounts accounts() {
    return accounts;
  }

  Counters counters() {
    return counters;
  }

  ConnectionBudget budget() {
    return budget;
  }

  int peakOpen() {
    return peakOpen;
  }

  /** How many sessions the worker makes clean right now, and how many connections are free. */
  int idle() {
    int idle = resetting;
    for (Slot slot : slots) {
      idle += slot.isReady() ? 1 : 0;
    }
    return idle;
  }

  Slot newSlot(TenantPool tenant, PoolKey key, @Nullable Slot victim) {
    Slot slot = new Slot(++slotIds, tenant, key, accounts.of(key.account()), victim);
    slots.add(slot);
    tenant.add(slot);
    counters.connecting++;
    line.refresh(tenant);
    peakOpen = Math.max(peakOpen, budget.used());
    tenants.cameToLife(tenant);
    // Until here it was nobody's: whoever fails to make it does not know of it.
    slot.adopted();
    return slot;
  }

  Slot replace(Slot victim, TenantPool tenant, PoolKey key, EvictionCause cause) {
    closing(victim, cause);
    budget.pass(victim.tenant().isSystem(), tenant.isSystem());
    victim.leftBy = victim.tenure;
    Slot heir = newSlot(tenant, key, victim);
    victim.adopted();
    return heir;
  }

  /** See {@link LedgerRepair}. */
  void recount(List<Slot> present) {
    slots.retainAll(Set.copyOf(present));
    work.clear();
    resetting = 0;
    int permits = 0;
    int ordinary = 0;
    lru.clear();
    for (Slot slot : present) {
      slot.dequeued();
      resetting += slot.isWithWorker() ? 1 : 0;
      permits++;
      ordinary += slot.tenant().isSystem() ? 0 : 1;
      Slot victim = slot.victim();
      if (victim != null) {
        // One permit for both, which counts as its heir's already.
        permits--;
        ordinary -= victim.tenant().isSystem() ? 0 : 1;
      }
      if (slot.isReady()) {
        lru.freed(slot.tenant());
      }
      if (slot.state() == SlotState.DIRTY || slot.state() == SlotState.DOOMED) {
        queue(slot);
      }
    }
    budget.recount(permits, ordinary);
  }

  void takeOut(Slot slot) {
    TenantPool tenant = slot.tenant();
    tenant.removeReady(slot);
    if (!tenant.hasReady()) {
      lru.remove(tenant);
    }
  }

  /**
   * A slot that nobody owns, or whose lease has just ended, is to be closed by whoever comes first.
   */
  void doom(Slot slot, EvictionCause cause) {
    if (slot.isReady()) {
      takeOut(slot);
    }
    slot.doomed(cause);
    slot.tenant().lost();
    line.refresh(slot.tenant());
    queue(slot);
  }

  void closing(Slot slot, EvictionCause cause) {
    if (slot.isReady()) {
      takeOut(slot);
    }
    boolean wasUsable = slot.state() != SlotState.DOOMED;
    slot.closing(cause);
    if (wasUsable) {
      slot.tenant().lost();
      line.refresh(slot.tenant());
    }
  }

  @Nullable Slot pollDoomed(TenantPool forTenant) {
    for (Slot slot : work) {
      if (slot.state() == SlotState.DOOMED
          && budget.canPass(slot.tenant().isSystem(), forTenant.isSystem())) {
        return slot;
      }
    }
    return null;
  }

  void queue(Slot slot) {
    if (slot.enqueue()) {
      work.add(slot);
    }
  }

  /**
   * The next slot for the worker: {@code RESETTING} to be made clean, {@code CLOSING} to be closed;
   * null when there is none.
   */
  @Nullable Slot nextWork(long now) {
    for (Slot slot = work.poll(); slot != null; slot = work.poll()) {
      slot.dequeued();
      if (slot.state() == SlotState.DIRTY) {
        takeOut(slot);
        slot.resettingByWorker(now);
        slot.tenant().resetBegins();
        resetting++;
        return slot;
      }
      if (slot.state() == SlotState.DOOMED) {
        closing(slot, EvictionCause.CAPACITY);
        return slot;
      }
    }
    return null;
  }

  void resetEnded(TenantPool tenant) {
    tenant.resetEnds();
    resetting--;
    line.refresh(tenant);
  }

  /** The slot is open now, or will never be. */
  void connected(Slot slot) {
    counters.connecting--;
    slot.tenant().connected();
  }

  /** The victim's socket is closed: its permit is the slot's now. */
  void victimClosed(Slot slot) {
    Slot victim = slot.victim();
    if (victim != null) {
      victim.closed();
      forget(victim);
      slot.inherited();
    }
  }

  void forget(Slot slot) {
    TenantPool tenant = slot.tenant();
    slots.remove(slot);
    tenant.remove(slot);
    EvictionCause cause = slot.fate();
    if (cause != null && slot.wasOpened()) {
      tenant.counters().evicted(cause);
      counters.evicted(cause);
    }
    tenants.goneDormant(tenant);
  }

  /**
   * Whether more slots are to stay than a lowered budget allows. Those that are about to be closed
   * do not count, although they still have their permits: else more would be closed than must be.
   */
  boolean isOneTooMany(boolean system) {
    if (!budget.isExceeded(system)) {
      return false;
    }
    int all = 0;
    int ordinary = 0;
    for (Slot slot : slots) {
      if (slot.isUsable()) {
        all++;
        ordinary += slot.tenant().isSystem() ? 0 : 1;
      }
    }
    return all > budget.budget() || (!system && ordinary > budget.ordinaryBudget());
  }

  void resetPeaks() {
    counters.resetPeaks();
    peakOpen = budget.used();
    tenants.resetPeaks();
  }

  /** Whether the worker has something to do. */
  boolean hasWork() {
    return !work.isEmpty();
  }

  /** Whether nothing is lent just now, and what comes back is closed. */
  boolean isDraining() {
    return draining;
  }

  void drain(boolean on) {
    draining = on;
  }

  boolean isClosed() {
    return closed;
  }

  /** The least recently used tenant with a free connection that {@code allowed} accepts. */
  @Nullable TenantPool leastRecentlyUsed(Predicate<TenantPool> allowed) {
    return lru.victim(allowed);
  }

  /** The slot is free: dirty or idle, and nobody's. */
  void makeFree(Slot slot) {
    TenantPool tenant = slot.tenant();
    tenant.addReady(slot);
    lru.freed(tenant);
  }

  /** The tenant gave a connection back at {@code now}. */
  void usedUntil(TenantPool tenant, long now) {
    tenant.returnedAt(now);
    if (tenant.hasReady()) {
      lru.freed(tenant);
    }
  }

  /** Gives back the permit of a slot that has no socket. */
  void releasePermit(Slot slot) {
    budget.release(slot.tenant().isSystem());
    forget(slot);
  }

  /** Nothing is opened any more. */
  void close() {
    closed = true;
  }
}
