package io.tenantpool.pool;

import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.Pin;
import io.tenantpool.routing.PoolKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * All decisions of one server, without a lock, a thread, a clock or I/O of its own: {@link
 * ServerPool} calls it under its lock, says what time it is, and carries out what was decided
 * outside the lock. {@code docs/concurrency.md} tells the whole story.
 *
 * <p>Invariants, true after every method:
 *
 * <ol>
 *   <li>The permits in use are the slots without a victim that are not {@link SlotState#CLOSED};
 *       they never exceed the budget.
 *   <li>A slot that is opening, active, validating or being reset for a borrower, and a slot
 *       granted to a waiter, has exactly one owner, who alone takes it further.
 *   <li>A free connection is promised while a signal to a waiter of its tenant is under way: there
 *       are as many promised as signalled waiters. Whoever takes a signal back, or lets a waiter go
 *       that had one, offers the connection again in the same step.
 *   <li>No waiter without a signal could be served by a free permit, a doomed slot or a free
 *       connection that is not promised: whoever frees one of these serves the line in the same
 *       step.
 * </ol>
 */
final class ServerLedger {

  private final ConnectionBudget budget;
  private final int perTenant;
  private final long validateAfterNanos;
  private final long lifetimeNanos;
  private final long maxIdleNanos;

  private final Map<String, TenantPool> tenants = new HashMap<>();
  private final Set<Slot> slots = new LinkedHashSet<>();
  private final LeastRecentlyUsed lru = new LeastRecentlyUsed();
  private final WaitingLine line = new WaitingLine();
  private final ConnectCost connectCost = new ConnectCost();
  private final Counters counters = new Counters();

  /**
   * Dirty and doomed slots in the order of their coming; some may have been taken by a borrower
   * since.
   */
  private final ArrayDeque<Slot> work = new ArrayDeque<>();

  private final Outbox outbox;
  private int peakOpen;
  private int liveTenants;
  private int resetting;
  private long slotIds;
  private long arrivals;
  private boolean closed;

  ServerLedger(PoolLimits limits, Outbox outbox) {
    this.outbox = outbox;
    budget = new ConnectionBudget(limits.budget(), limits.reserved());
    perTenant = limits.perTenant();
    validateAfterNanos = limits.validateAfter().toNanos();
    lifetimeNanos = limits.maxLifetime().toNanos();
    maxIdleNanos = limits.maxIdle().toNanos();
  }

  /** The tenant of that name, a new one if there is none. */
  TenantPool tenant(String name, boolean system, long now) {
    TenantPool tenant = tenants.get(name);
    if (tenant == null) {
      tenant = new TenantPool(name, system, perTenant);
      tenant.usedAt(now);
      tenants.put(name, tenant);
    }
    return tenant;
  }

  // ---- borrowing
  // ------------------------------------------------------------------------------------------------------

  /**
   * What a newcomer gets at once: a slot whose state says what is left to do before it can be used
   * ({@code TAKEN} nothing, {@code RESETTING}, {@code VALIDATING}, {@code OPENING}), or null when
   * it has to wait.
   */
  @Nullable Slot take(TenantPool tenant, PoolKey key, Thread thread, long now) {
    Slot slot = takeAtOnce(tenant, key, thread, now);
    serveAfterPass();
    return slot;
  }

  private @Nullable Slot takeAtOnce(TenantPool tenant, PoolKey key, Thread thread, long now) {
    boolean first = !tenant.hasWaiters();
    if (first || mayBarge(tenant, now)) {
      Slot slot = tenant.mayLend() ? lendReady(tenant, key, now) : null;
      if (slot == null && first && !comesBackSoon(tenant)) {
        slot = grow(tenant, key, false);
      }
      if (slot != null) {
        return slot;
      }
    }
    return tenant.isHeldBy(thread) ? takeNested(tenant, key, now) : null;
  }

  private @Nullable Slot takeNested(TenantPool tenant, PoolKey key, long now) {
    Slot slot = lendReady(tenant, key, now);
    return slot == null ? grow(tenant, key, true) : slot;
  }

  /**
   * Stands in the line until {@linkplain Waiter#granted() granted}, {@linkplain #retry called} or
   * {@linkplain #abandon gone}.
   */
  Waiter enqueue(TenantPool tenant, PoolKey key, Thread thread, long since, long now) {
    boolean patient = comesBackSoon(tenant) && tenant.mayGrow();
    Waiter waiter =
        new Waiter(tenant, key, thread, tenant.isHeldBy(thread), patient, arrivals++, since);
    line.add(waiter);
    tenant.counters().waits();
    counters.waits();
    cameToLife(tenant);
    // Behind patient or signalled waiters there may be something for a newcomer all the same.
    offerSpare(tenant, now);
    serveLine();
    if (closed) {
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
    takeSignalBack(waiter);
    if (waiter.granted() != null) {
      return waiter.granted();
    }
    Slot slot = tenant.mayLend() || waiter.isNested() ? lendReady(tenant, waiter.key(), now) : null;
    if (slot != null) {
      leave(waiter);
      serveAfterPass();
      return slot;
    }
    line.refresh(tenant);
    offerSpare(tenant, now);
    serveLine();
    return waiter.granted();
  }

  private boolean takeSignalBack(Waiter waiter) {
    boolean wasSignalled = waiter.answered();
    if (wasSignalled) {
      waiter.tenant().signalAnswered();
    }
    return wasSignalled;
  }

  /**
   * A waiter no longer counts on the connection that is being made clean: it is a candidate like
   * any other now.
   */
  void losePatience(Waiter waiter) {
    waiter.losePatience();
    line.refresh(waiter.tenant());
    serveLine();
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
    leave(waiter);
    offerSpare(waiter.tenant(), now);
    serveLine();
    goneDormant(waiter.tenant());
    return null;
  }

  void timedOut(Waiter waiter) {
    waiter.tenant().counters().timeouts++;
    counters.timeouts++;
  }

  private void leave(Waiter waiter) {
    takeSignalBack(waiter);
    if (line.remove(waiter)) {
      waiter.tenant().counters().waitsNoMore();
      counters.waitsNoMore();
    }
  }

  private void grant(Waiter waiter, Slot slot) {
    leave(waiter);
    waiter.grant(slot);
    outbox.wake(waiter);
  }

  /**
   * A newcomer may overtake waiters of its own tenant only while no other tenant could use the
   * connection, and not for ever.
   */
  private boolean mayBarge(TenantPool tenant, long now) {
    Waiter longest = tenant.firstWaiter();
    return longest != null
        && now - longest.since() < connectCost.quantumNanos()
        && nextOther(tenant) == null;
  }

  /** A connection that is being made clean is back sooner than a new one is open. */
  private static boolean comesBackSoon(TenantPool tenant) {
    return tenant.resetting() > tenant.waiters().size();
  }

  private @Nullable Slot lendReady(TenantPool tenant, PoolKey key, long now) {
    Slot slot = tenant.freshest(key);
    if (slot == null) {
      return null;
    }
    takeOut(slot);
    tenant.takenByBorrower();
    if (slot.state() == SlotState.DIRTY) {
      slot.resetting();
    } else if (now - slot.freeSince() > validateAfterNanos) {
      slot.validating();
    } else {
      slot.taken();
    }
    return slot;
  }

  private void takeOut(Slot slot) {
    TenantPool tenant = slot.tenant();
    tenant.removeReady(slot);
    if (!tenant.hasReady()) {
      lru.remove(tenant);
    }
  }

  /**
   * One more slot for the tenant: on a free permit, or on that of a victim. Null when neither can
   * be had.
   */
  private @Nullable Slot grow(TenantPool tenant, PoolKey key, boolean nested) {
    if (closed) {
      return null;
    }
    if (!nested && !tenant.mayGrow()) {
      Slot ownOfOtherKey = tenant.mayLend() ? tenant.stalest() : null;
      return ownOfOtherKey == null
          ? null
          : replace(ownOfOtherKey, tenant, key, EvictionCause.OTHER_KEY);
    }
    if (budget.take(tenant.isSystem())) {
      return newSlot(tenant, key, null);
    }
    Slot doomed = pollDoomed(tenant);
    if (doomed != null) {
      return replace(doomed, tenant, key, EvictionCause.CAPACITY);
    }
    TenantPool victims = lru.victim(other -> mayBeVictim(other, tenant));
    Slot victim = victims == null ? null : victims.stalest();
    if (victim == null) {
      return null;
    }
    return replace(
        victim, tenant, key, victims == tenant ? EvictionCause.OTHER_KEY : EvictionCause.CAPACITY);
  }

  /** A free connection that was promised to a waiter of its own tenant is nobody else's. */
  private boolean mayBeVictim(TenantPool other, TenantPool of) {
    return (other == of || other.spare() > 0) && budget.canPass(other.isSystem(), of.isSystem());
  }

  private Slot replace(Slot victim, TenantPool tenant, PoolKey key, EvictionCause cause) {
    closing(victim, cause);
    budget.pass(victim.tenant().isSystem(), tenant.isSystem());
    return newSlot(tenant, key, victim);
  }

  private Slot newSlot(TenantPool tenant, PoolKey key, @Nullable Slot victim) {
    Slot slot = new Slot(++slotIds, tenant, key, victim);
    slots.add(slot);
    tenant.add(slot);
    line.refresh(tenant);
    peakOpen = Math.max(peakOpen, budget.used());
    cameToLife(tenant);
    return slot;
  }

  // ---- what a borrower does with its slot
  // ---------------------------------------------------------------------------------

  /** The victim's socket is closed: its permit is the slot's now. */
  void victimClosed(Slot slot) {
    Slot victim = slot.victim();
    if (victim != null) {
      victim.closed();
      forget(victim);
      slot.inherited();
    }
  }

  /** The slot's socket is open. */
  void opened(Slot slot, PhysicalConnection physical, long connectNanos, long now) {
    long jitter = ThreadLocalRandom.current().nextLong(lifetimeNanos / 4 + 1);
    slot.opened(physical, now, lifetimeNanos - jitter);
    connectCost.measured(connectNanos);
    slot.tenant().counters().opened(connectNanos);
    counters.opened(connectNanos);
  }

  /** The slot's socket could not be opened: its permit goes to whoever waits for one. */
  void openFailed(Slot slot, long now) {
    slot.tenant().counters().openFailures++;
    counters.openFailures++;
    giveUp(slot, now);
  }

  /**
   * The server had no room though the budget had. Returns a connection of the tenant that came back
   * in the meantime, for which the slot is given up; the slot itself when the connect is to be
   * tried again; or null when the budget was lowered, the permit is gone and the thread has to wait
   * in line.
   */
  @Nullable Slot refused(Slot slot, long now) {
    TenantPool tenant = slot.tenant();
    Slot ready = lendReady(tenant, slot.key(), now);
    if (ready == null && !closed && !budget.isExceeded(tenant.isSystem())) {
      return slot;
    }
    giveUp(slot, now);
    return ready;
  }

  private void giveUp(Slot slot, long now) {
    TenantPool tenant = slot.tenant();
    slot.openFailed();
    tenant.leftByBorrower();
    tenant.lost();
    budget.release(tenant.isSystem());
    forget(slot);
    line.refresh(tenant);
    // The tenant may lend one more, and may have a free one.
    offerSpare(tenant, now);
    serveLine();
  }

  /**
   * Its owner found it unusable: it is closed, and the returned slot is opened in its place, on the
   * same permit.
   */
  Slot reopen(Slot unusable, EvictionCause cause) {
    TenantPool tenant = unusable.tenant();
    tenant.leftByBorrower();
    return replace(unusable, tenant, unusable.key(), cause);
  }

  /** The slot is the borrower's until the lease ends. */
  void lend(Slot slot, PooledLease lease, Thread thread, long now, long borrowNanos, boolean hit) {
    slot.lent(lease, thread, now);
    slot.tenant().usedAt(now);
    slot.tenant().counters().borrowed(borrowNanos, hit);
    counters.borrowed(borrowNanos, hit);
  }

  /** A borrower made the session clean. */
  void resetByBorrower(Slot slot) {
    slot.tenant().counters().resets++;
    counters.resets++;
  }

  // ---- returning
  // --------------------------------------------------------------------------------------------------------

  /**
   * The lease has ended. {@code unfit} says why the connection cannot serve anybody else; null when
   * it can.
   */
  void returned(Slot slot, @Nullable EvictionCause unfit, long now) {
    TenantPool tenant = slot.tenant();
    tenant.counters().returned();
    counters.returned();
    tenant.leftByBorrower();
    tenant.returnedAt(now);
    if (tenant.hasReady()) {
      lru.freed(tenant);
    }
    EvictionCause cause = unfit == null ? endOfService(slot, now) : unfit;
    if (cause != null) {
      doom(slot, cause);
      // The tenant may lend one more, and may have a free one.
      offerSpare(tenant, now);
      serveLine();
      return;
    }
    slot.returned(now);
    queue(slot);
    free(slot, now);
  }

  private @Nullable EvictionCause endOfService(Slot slot, long now) {
    if (slot.fate() != null) {
      return slot.fate();
    }
    if (closed) {
      return EvictionCause.SHUTDOWN;
    }
    if (isOneTooMany(slot.tenant().isSystem())) {
      return EvictionCause.BUDGET;
    }
    return slot.isExpired(now) ? EvictionCause.LIFETIME : null;
  }

  /**
   * Whether more slots are to stay than a lowered budget allows. Those that are about to be closed
   * do not count, although they still have their permits: else more would be closed than must be.
   */
  private boolean isOneTooMany(boolean system) {
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

  private void free(Slot slot, long now) {
    TenantPool tenant = slot.tenant();
    tenant.addReady(slot);
    lru.freed(tenant);
    if (!line.isEmpty()) {
      offer(slot, now);
      offerSpare(tenant, now);
      serveAfterPass();
    }
  }

  /**
   * Who gets a connection that has just become free; false when nobody wants it. Another tenant
   * that waits for a permit gets it when the owner has nobody waiting or has had this connection
   * for its quantum; else the owner's own waiters do: by a signal, so that running threads may be
   * faster, while no other tenant is there; by hand, in strict order, otherwise.
   */
  private boolean offer(Slot slot, long now) {
    TenantPool tenant = slot.tenant();
    boolean promised = tenant.spare() <= 0;
    Waiter own = promised ? tenant.nextToLend() : tenant.nextToSignal();
    Waiter other = nextOther(tenant);
    boolean quantumUsed = now - slot.openedAt() >= connectCost.quantumNanos();
    if (other != null && (own == null || quantumUsed)) {
      grant(other, replace(slot, other.tenant(), other.key(), EvictionCause.CAPACITY));
      return true;
    }
    if (own == null) {
      return false;
    }
    if (!own.key().equals(slot.key())) {
      grant(own, replace(slot, tenant, own.key(), EvictionCause.OTHER_KEY));
      return true;
    }
    if (other != null || now - own.since() >= connectCost.quantumNanos()) {
      Slot lent = lendReady(tenant, own.key(), now);
      if (lent != null) {
        grant(own, lent);
      }
      return lent != null;
    }
    if (promised) {
      return false;
    }
    own.signal();
    tenant.signalSent();
    line.refresh(tenant);
    outbox.wake(own);
    return true;
  }

  /** The first candidate of another tenant to whom a permit of this tenant may pass. */
  private @Nullable Waiter nextOther(TenantPool tenant) {
    Waiter other = line.firstOtherThan(tenant);
    if (other == null || budget.canPass(tenant.isSystem(), other.tenant().isSystem())) {
      return other;
    }
    Waiter system = line.firstSystemOtherThan(tenant);
    return system != null && budget.canPass(tenant.isSystem(), true) ? system : null;
  }

  /**
   * Offers the tenant's free connections that are promised to nobody: the one to whom such a one
   * was offered has gone, or the tenant may lend one more.
   */
  private void offerSpare(TenantPool tenant, long now) {
    while (!line.isEmpty() && tenant.spare() > 0) {
      Slot slot = tenant.stalest();
      if (slot == null || !offer(slot, now)) {
        return;
      }
    }
  }

  /**
   * Serves the candidates of the line for as long as there are permits, doomed slots or victims.
   */
  private void serveLine() {
    while (!line.isEmpty()) {
      Waiter waiter = line.first();
      Slot slot = waiter == null ? null : growFor(waiter);
      if (slot == null && waiter != null && !waiter.tenant().isSystem()) {
        waiter = line.firstSystem();
        slot = waiter == null ? null : growFor(waiter);
      }
      if (slot == null || waiter == null) {
        return;
      }
      grant(waiter, slot);
    }
  }

  /**
   * A permit that passed from an ordinary tenant to a system tenant makes room for another ordinary
   * one, if there is a reserve.
   */
  private void serveAfterPass() {
    if (budget.reserved() > 0) {
      serveLine();
    }
  }

  private @Nullable Slot growFor(Waiter waiter) {
    return grow(waiter.tenant(), waiter.key(), waiter.isNested());
  }

  // ---- closing and cleaning
  // ---------------------------------------------------------------------------------------------

  private void queue(Slot slot) {
    if (slot.enqueue()) {
      work.add(slot);
    }
  }

  /**
   * A slot that nobody owns, or whose lease has just ended, is to be closed by whoever comes first.
   */
  private void doom(Slot slot, EvictionCause cause) {
    if (slot.isReady()) {
      takeOut(slot);
    }
    slot.doomed(cause);
    slot.tenant().lost();
    line.refresh(slot.tenant());
    queue(slot);
  }

  private void closing(Slot slot, EvictionCause cause) {
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

  private @Nullable Slot pollDoomed(TenantPool forTenant) {
    for (Slot slot : work) {
      if (slot.state() == SlotState.DOOMED
          && budget.canPass(slot.tenant().isSystem(), forTenant.isSystem())) {
        return slot;
      }
    }
    return null;
  }

  /**
   * The next slot for the worker: {@code RESETTING} to be made clean, {@code CLOSING} to be closed;
   * null when there is none.
   */
  @Nullable Slot nextWork() {
    for (Slot slot = work.poll(); slot != null; slot = work.poll()) {
      slot.dequeued();
      if (slot.state() == SlotState.DIRTY) {
        takeOut(slot);
        slot.resetting();
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

  /** The worker made the session clean. */
  void cleaned(Slot slot, long now) {
    resetEnded(slot.tenant());
    resetByBorrower(slot);
    slot.cleaned();
    EvictionCause cause = endOfService(slot, now);
    if (cause != null) {
      doom(slot, cause);
    } else {
      free(slot, now);
    }
    serveLine();
  }

  /** The worker could not make the session clean, and closes it now. */
  void resetFailed(Slot slot) {
    resetEnded(slot.tenant());
    closing(slot, EvictionCause.RESET);
    serveLine();
  }

  private void resetEnded(TenantPool tenant) {
    tenant.resetEnds();
    resetting--;
    line.refresh(tenant);
  }

  /** The socket is closed: its permit goes to whoever waits for one. */
  void closed(Slot slot) {
    slot.closed();
    budget.release(slot.tenant().isSystem());
    forget(slot);
    serveLine();
  }

  private void forget(Slot slot) {
    TenantPool tenant = slot.tenant();
    slots.remove(slot);
    tenant.remove(slot);
    EvictionCause cause = slot.fate();
    if (cause != null && slot.wasOpened()) {
      tenant.counters().evicted(cause);
      counters.evicted(cause);
    }
    goneDormant(tenant);
  }

  // ---- housekeeping and operations
  // --------------------------------------------------------------------------------------

  /** Dooms what has been idle or alive for too long; returns how many. */
  int expire(long now) {
    return doomReady(
        slots,
        slot -> {
          if (slot.isExpired(now)) {
            return EvictionCause.LIFETIME;
          }
          return now - slot.freeSince() >= maxIdleNanos ? EvictionCause.IDLE : null;
        });
  }

  int evictIdle() {
    return doomReady(slots, slot -> EvictionCause.OPERATOR);
  }

  int evictIdle(TenantPool tenant) {
    return doomReady(tenant.slots(), slot -> EvictionCause.OPERATOR);
  }

  /** What is free goes now, what is leased when it comes back. */
  int closeAll(Iterable<Slot> some, EvictionCause cause) {
    for (Slot slot : some) {
      slot.sealFate(cause);
    }
    return doomReady(some, slot -> cause);
  }

  /** Lends nothing any more; whoever waits is called, to be turned away. */
  void close() {
    closed = true;
    for (TenantPool tenant : tenants.values()) {
      for (Waiter waiter : tenant.waiters()) {
        waiter.call();
        outbox.wake(waiter);
      }
    }
    closeAll(slots, EvictionCause.SHUTDOWN);
  }

  boolean isClosed() {
    return closed;
  }

  private interface Verdict {
    @Nullable EvictionCause of(Slot slot);
  }

  private int doomReady(Iterable<Slot> some, Verdict verdict) {
    List<Slot> ready = new ArrayList<>();
    for (Slot slot : some) {
      if (slot.isReady()) {
        ready.add(slot);
      }
    }
    int doomed = 0;
    for (Slot slot : ready) {
      EvictionCause cause = verdict.of(slot);
      if (cause != null) {
        doom(slot, cause);
        doomed++;
      }
    }
    serveLine();
    return doomed;
  }

  /**
   * The server allows this many: free connections above that are doomed, leased ones when they come
   * back.
   */
  boolean lowerBudget(int allowed) {
    boolean lowered = budget.lowerTo(allowed);
    TenantPool victims = excess();
    while (victims != null) {
      Slot victim = victims.stalest();
      if (victim != null) {
        doom(victim, EvictionCause.BUDGET);
      }
      victims = excess();
    }
    serveLine();
    return lowered;
  }

  private @Nullable TenantPool excess() {
    return lru.victim(tenant -> isOneTooMany(tenant.isSystem()));
  }

  private void cameToLife(TenantPool tenant) {
    if (tenant.announce(true)) {
      liveTenants++;
      outbox.tenantLive(tenant.name());
    }
  }

  /**
   * A tenant that never had a connection leaves no trace: its name may have been a typing mistake.
   */
  private void goneDormant(TenantPool tenant) {
    if (tenant.isLive() || !tenant.announce(false)) {
      return;
    }
    liveTenants--;
    outbox.tenantDormant(tenant.name());
    if (tenant.counters().opens == 0) {
      tenants.remove(tenant.name());
    }
  }

  // ---- figures
  // ----------------------------------------------------------------------------------------------------------

  void resetPeaks() {
    counters.resetPeaks();
    peakOpen = budget.used();
    for (TenantPool tenant : tenants.values()) {
      tenant.counters().resetPeaks();
    }
  }

  void pinned(Slot slot, Pin cause) {
    slot.tenant().counters().pinned(cause);
    counters.pinned(cause);
  }

  /** Whether the worker has something to do. */
  boolean hasWork() {
    return !work.isEmpty();
  }

  @Nullable TenantPool find(String tenant) {
    return tenants.get(tenant);
  }

  Iterable<TenantPool> tenants() {
    return tenants.values();
  }

  int tenantCount() {
    return tenants.size();
  }

  int liveTenants() {
    return liveTenants;
  }

  Set<Slot> slots() {
    return slots;
  }

  ConnectionBudget budget() {
    return budget;
  }

  ConnectCost connectCost() {
    return connectCost;
  }

  Counters counters() {
    return counters;
  }

  /** How many sessions the worker makes clean right now, and how many connections are free. */
  int idle() {
    int idle = resetting;
    for (Slot slot : slots) {
      idle += slot.isReady() ? 1 : 0;
    }
    return idle;
  }

  int peakOpen() {
    return peakOpen;
  }

  int perTenant() {
    return perTenant;
  }
}
