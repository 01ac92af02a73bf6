package io.tenantpool.pool;

import io.tenantpool.routing.PoolKey;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
  private final VictimOrder victims;
  private final IdleOrder idleOrdinary = new IdleOrder();
  private final IdleOrder idleSystem = new IdleOrder();
  private final Counters counters = new Counters();

  /**
   * Dirty and doomed slots in the order of their coming; some may have been taken by a borrower
   * since.
   */
  private final ArrayDeque<Slot> work = new ArrayDeque<>();

  /** Those of them that are doomed, and perhaps some that were. */
  private final ArrayDeque<Slot> doomedOrdinary = new ArrayDeque<>();

  private final ArrayDeque<Slot> doomedSystem = new ArrayDeque<>();

  /** Slots that are to stay, those of ordinary tenants, and the free ones of all. */
  private int usable;

  private int usableOrdinary;
  private int free;
  private long returns;
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
    tenants.lastLease().of(budget);
    budget.asks(limits.asksServer());
    victims = new VictimOrder(limits);
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

  /** The free connections of that kind of tenants in the order in which they became free. */
  IdleOrder idleOrder(boolean system) {
    return system ? idleSystem : idleOrdinary;
  }

  private IdleOrder idleOrder(Slot slot) {
    return idleOrder(slot.tenant().isSystem());
  }

  /** How many sessions the worker makes clean right now, and how many connections are free. */
  int idle() {
    return resetting + free;
  }

  Slot newSlot(TenantPool tenant, PoolKey key, @Nullable Slot victim) {
    Slot slot = new Slot(++slotIds, tenant, key, accounts.of(key.account()), victim);
    slots.add(slot);
    tenant.add(slot);
    counters.connecting++;
    usable++;
    usableOrdinary += tenant.isSystem() ? 0 : 1;
    refresh(tenant);
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
    usable = 0;
    usableOrdinary = 0;
    free = 0;
    doomedOrdinary.clear();
    doomedSystem.clear();
    victims.clear(tenants.all());
    idleOrdinary.clear(present);
    idleSystem.clear(present);
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
      boolean ofSystem = slot.tenant().isSystem();
      usable += slot.isUsable() ? 1 : 0;
      usableOrdinary += slot.isUsable() && !ofSystem ? 1 : 0;
      if (slot.isReady()) {
        free++;
        idleOrder(slot).add(slot);
        order(slot.tenant());
      }
      if (slot.state() == SlotState.DOOMED) {
        (ofSystem ? doomedSystem : doomedOrdinary).add(slot);
      }
      if (slot.state() == SlotState.DIRTY || slot.state() == SlotState.DOOMED) {
        queue(slot);
      }
    }
    budget.recount(permits, ordinary);
  }

  void takeOut(Slot slot) {
    TenantPool tenant = slot.tenant();
    if (tenant.removeReady(slot)) {
      idleOrder(slot).remove(slot);
      free--;
      victims.place(tenant);
    }
  }

  /** The slot is not to stay: it failed to open, is doomed or being closed. */
  void lost(Slot slot) {
    TenantPool tenant = slot.tenant();
    tenant.lost();
    usable--;
    usableOrdinary -= tenant.isSystem() ? 0 : 1;
    refresh(tenant);
  }

  /** The number of its connections has changed, or what it may have. */
  private void refresh(TenantPool tenant) {
    line.refresh(tenant);
    victims.place(tenant);
  }

  /** What the tenant may have has changed. */
  void shareChanged(TenantPool tenant) {
    refresh(tenant);
  }

  /**
   * A slot that nobody owns, or whose lease has just ended, is to be closed by whoever comes first.
   */
  void doom(Slot slot, EvictionCause cause) {
    if (slot.isReady()) {
      takeOut(slot);
    }
    slot.doomed(cause);
    lost(slot);
    queue(slot);
    (slot.tenant().isSystem() ? doomedSystem : doomedOrdinary).add(slot);
  }

  void closing(Slot slot, EvictionCause cause) {
    if (slot.isReady()) {
      takeOut(slot);
    }
    boolean wasUsable = slot.state() != SlotState.DOOMED;
    slot.closing(cause);
    if (wasUsable) {
      lost(slot);
    }
  }

  /** A doomed slot whose permit may pass to that tenant; null without one. */
  @Nullable Slot peekDoomed(TenantPool forTenant) {
    Slot ordinary =
        budget.canPass(false, forTenant.isSystem()) ? firstDoomed(doomedOrdinary) : null;
    return ordinary == null && budget.canPass(true, forTenant.isSystem())
        ? firstDoomed(doomedSystem)
        : ordinary;
  }

  private static @Nullable Slot firstDoomed(ArrayDeque<Slot> doomed) {
    Slot first = doomed.peek();
    while (first != null && first.state() != SlotState.DOOMED) {
      doomed.poll();
      first = doomed.peek();
    }
    return first;
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
        // Who is patient again is no candidate.
        line.refresh(slot.tenant());
        return slot;
      }
      if (slot.state() == SlotState.DOOMED) {
        closing(slot, EvictionCause.CAPACITY);
        firstDoomed(slot.tenant().isSystem() ? doomedSystem : doomedOrdinary);
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
    return usable > budget.budget() || (!system && usableOrdinary > budget.ordinaryBudget());
  }

  void resetPeaks() {
    counters.resetPeaks();
    peakOpen = budget.used();
    tenants.resetPeaks();
  }

  /** Whether any connection is free. */
  boolean hasFree() {
    return free > 0;
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

  /** Whose free connections go first. */
  VictimOrder victims() {
    return victims;
  }

  /** The tenant wants a connection. While there is room for all tenants, that says nothing. */
  void asked(TenantPool tenant) {
    if (tenants.count() > budget.budget()) {
      victims.asked(tenant);
    }
  }

  /** Another order of the victims, or another budget. */
  void reorder(PoolLimits limits) {
    victims.change(limits, tenants.all());
  }

  /** Slots that serve or may serve somebody: neither doomed nor closing. */
  int usable() {
    return usable;
  }

  /** A signal to a waiter of the tenant was sent, or is under way no more. */
  void promised(TenantPool tenant) {
    victims.place(tenant);
  }

  /** The slot is free: dirty or idle, and nobody's. */
  void makeFree(Slot slot) {
    slot.tenant().addReady(slot);
    idleOrder(slot).add(slot);
    free++;
    order(slot.tenant());
  }

  private void order(TenantPool tenant) {
    if (tenant.lastReturn() == 0) {
      usedUntil(tenant, tenant.lastUsedAt());
    } else {
      victims.place(tenant);
    }
  }

  /** The tenant gave a connection back at {@code now}. */
  void usedUntil(TenantPool tenant, long now) {
    tenant.returnedAt(now, ++returns);
    victims.place(tenant);
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
