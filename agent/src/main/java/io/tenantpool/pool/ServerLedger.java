package io.tenantpool.pool;

import io.tenantpool.config.LendingOrder;
import io.tenantpool.connection.Origin;
import io.tenantpool.connection.Pin;
import io.tenantpool.routing.PoolKey;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
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
 *   <li>A free session that an application pool used is {@linkplain Slot#keptFor() kept} for that
 *       pool: nobody else gets it before it was reset. Kept or clean, it is free like any other: no
 *       cap, waiter, signal or eviction asks for whom it is kept.
 * </ol>
 */
final class ServerLedger {

  private final WaitingLine line;
  private final ConnectCost connectCost = new ConnectCost();
  private final PinSites pinSites = new PinSites();
  private final Tenants tenants;
  private final SlotBook book;
  private final Dispatcher dispatcher;
  private final Queueing queueing;
  private final Connects connects;
  private final Retirement retirement;
  private final LimitChange limitChange;
  private final Shortage shortage;
  private final Abandonment abandonment;
  private final ConnectGate gate;
  private final Neighbours neighbours;

  ServerLedger(PoolLimits limits, Outbox outbox) {
    this(limits, outbox, new SplittableRandom(ThreadLocalRandom.current().nextLong()));
  }

  ServerLedger(PoolLimits limits, Outbox outbox, RandomGenerator random) {
    this(limits, outbox, random, SharingPolicy.CHOSEN);
  }

  ServerLedger(PoolLimits limits, Outbox outbox, RandomGenerator random, SharingPolicy policy) {
    int processors = Runtime.getRuntime().availableProcessors();
    gate =
        new ConnectGate(
            new ConnectPlaces(connectCost, processors),
            new ReplacementPlaces(policy.replacementsAtOnce()),
            limits.breaksCircuits(),
            random,
            outbox);
    line = new WaitingLine(connectCost, policy);
    tenants = new Tenants(limits, outbox);
    book = new SlotBook(limits, tenants, line);
    Lookout lookout = new Lookout(gate, line, outbox);
    dispatcher =
        new Dispatcher(
            limits, book, line, connectCost, gate, lookout, outbox, policy, tenants.lastLease());
    shortage = new Shortage(book, line, outbox);
    queueing = new Queueing(limits, book, tenants, line, dispatcher, shortage, gate, lookout);
    Bystanders bystanders = new Bystanders(book, tenants, line, dispatcher, gate, lookout, outbox);
    connects = new Connects(limits, book, line, dispatcher, connectCost, gate, lookout, bystanders);
    retirement = new Retirement(limits, book, tenants, dispatcher, outbox);
    abandonment = new Abandonment(this, dispatcher, new LedgerRepair(book, tenants, line));
    neighbours = new Neighbours(book, line, retirement, dispatcher, outbox);
    limitChange = new LimitChange(book, tenants, line, queueing, connects, dispatcher, retirement);
  }

  /** For whom it is. */
  Tenants tenants() {
    return tenants;
  }

  /** Which of a tenant's idle connections a borrower gets. */
  LendingOrder lendingOrder() {
    return dispatcher.lendingOrder();
  }

  /** What there is. */
  SlotBook book() {
    return book;
  }

  /** Who waits. */
  Queueing queueing() {
    return queueing;
  }

  /** What comes. */
  Connects connects() {
    return connects;
  }

  /** When. */
  ConnectGate gate() {
    return gate;
  }

  /** What goes. */
  Retirement retirement() {
    return retirement;
  }

  /** What was left by its owner. */
  Abandonment abandonment() {
    return abandonment;
  }

  /** What the server has room for. */
  Neighbours neighbours() {
    return neighbours;
  }

  /** Whether there are enough connections. */
  Shortage shortage() {
    return shortage;
  }

  // ---- limits

  /** Other limits from now on. Leases are not touched. */
  void change(PoolLimits limits, long now) {
    limitChange.apply(limits, now);
  }

  /** Another cap for one tenant, until that of all tenants is changed. */
  void limitTenant(TenantPool tenant, int cap, long now) {
    limitChange.limit(tenant, cap);
    dispatcher.offerSpare(tenant, now);
    dispatcher.serveLine();
  }

  // ---- borrowing

  /**
   * What a newcomer gets at once: a slot whose state says what is left to do before it can be used
   * ({@code TAKEN} nothing, {@code RESETTING}, {@code VALIDATING}, {@code OPENING}), or null when
   * it has to wait.
   *
   * @param origin the application pool that asks; null for the application itself
   */
  @Nullable Slot take(
      TenantPool tenant, PoolKey key, @Nullable Origin origin, Thread thread, long now) {
    boolean isLast = !line.isEmpty() && tenants.lastLease().isNext();
    book.asked(tenant);
    Slot slot = takeAtOnce(tenant, key, origin, thread, now);
    boolean served = false;
    try {
      if (isLast && slot != null && tenant.heldBy(thread) == Held.FEW) {
        dispatcher.tellOfLast(tenant);
      }
      dispatcher.serveAfterPass();
      served = true;
    } finally {
      if (!served && slot != null) {
        slot.leftBy = slot.tenure;
      }
    }
    return slot;
  }

  private @Nullable Slot takeAtOnce(
      TenantPool tenant, PoolKey key, @Nullable Origin origin, Thread thread, long now) {
    boolean first = !tenant.hasWaiters();
    if (first || dispatcher.mayBarge(tenant, now)) {
      Slot slot =
          mayLend(tenant, thread) ? dispatcher.lendToNewcomer(tenant, key, origin, now) : null;
      if (slot == null && first) {
        dispatcher.serveBefore(now);
        slot =
            dispatcher.comesBackSoon(tenant)
                ? dispatcher.hotSpare(tenant, key)
                : dispatcher.grow(tenant, key, heldBy(tenant, thread, now), false, 0);
      }
      if (slot != null) {
        return slot;
      }
    }
    Held held = heldBy(tenant, thread, now);
    return held == Held.NONE ? null : takeNested(tenant, key, origin, held, now);
  }

  private boolean mayLend(TenantPool tenant, Thread thread) {
    // What the thread holds is looked through only where it matters.
    boolean matters = tenants.lastLease().isNear();
    return tenant.mayLend(matters ? tenant.heldBy(thread) : Held.NONE, 0);
  }

  private Held heldBy(TenantPool tenant, Thread thread, long now) {
    Held held = tenant.lent() == 0 ? Held.NONE : tenant.heldBy(thread);
    if (held != Held.NONE) {
      tenants.lastLease().nested(now);
    }
    return held;
  }

  private @Nullable Slot takeNested(
      TenantPool tenant, PoolKey key, @Nullable Origin origin, Held held, long now) {
    Slot slot = tenant.mayUse(held, 0) ? dispatcher.lendReady(tenant, key, origin, now) : null;
    if (slot == null) {
      dispatcher.serveBefore(now);
    }
    return slot == null ? dispatcher.grow(tenant, key, held, true, 0) : slot;
  }

  /** What is remembered only for some time is forgotten after that. */
  void tidyUp(long now) {
    connects.unanswered().tidyUp(tenants, now);
    connects.tidyUp(now);
    gate.at(now);
    if (tenants.lastLease().tidyUp(now)) {
      dispatcher.serveLine();
    }
  }

  /** Whoever asks for a session like these next has to log in, whatever was proven before. */
  void doubtLogins(Iterable<Slot> slots) {
    for (Slot slot : slots) {
      slot.logins().doubtAll();
    }
  }

  // ---- what a borrower does with its slot

  /**
   * Its owner found it unusable: it is closed, and the returned slot is opened in its place with
   * the owner's own credentials, on the same permit.
   */
  Slot reopen(Slot unusable, PoolKey key, EvictionCause cause, long now) {
    dispatcher.sessionLost(now);
    TenantPool tenant = unusable.tenant();
    tenant.leftByBorrower();
    Slot heir = book.replace(unusable, tenant, key, cause);
    unusable.replacement = heir;
    return heir;
  }

  /** The slot is the borrower's until the lease ends. */
  void lend(Slot slot, PooledLease lease, long now, long borrowNanos, boolean hit) {
    slot.lent(lease, now);
    slot.tenant().usedAt(now);
    slot.tenant().counters().borrowed(borrowNanos, hit);
    book.counters().borrowed(borrowNanos, hit);
  }

  /** A borrower made the session clean itself, in so many nanoseconds. */
  void resetByBorrower(Slot slot, long nanos) {
    slot.tenant().payRent(nanos);
    countReset(slot);
  }

  private void countReset(Slot slot) {
    slot.tenant().counters().resets++;
    book.counters().resets++;
  }

  // ---- returning

  /**
   * The lease has ended. {@code unfit} says why the connection cannot serve anybody else; null when
   * it can. True when the worker has something to do about it.
   */
  boolean returned(Slot slot, @Nullable EvictionCause unfit, long now) {
    TenantPool tenant = slot.tenant();
    gate.at(now);
    tenant.counters().returned();
    book.counters().returned();
    tenant.leftByBorrower();
    book.usedUntil(tenant, now);
    EvictionCause cause = unfit == null ? endOfService(slot, now) : unfit;
    if (unfit == EvictionCause.BROKEN) {
      dispatcher.sessionLost(now);
    }
    if (cause != null) {
      book.doom(slot, cause);
      // The tenant may lend one more, and may have a free one.
      dispatcher.offerSpare(tenant, now);
      dispatcher.serveLine();
      return true;
    }
    Origin origin = slot.physical().origin();
    boolean dirty = origin == null && !slot.physical().isUntouched();
    if (dirty) {
      slot.returned(now);
      book.queue(slot);
    } else {
      slot.returnedIdle(origin, now);
    }
    free(slot, now);
    return dirty;
  }

  private @Nullable EvictionCause endOfService(Slot slot, long now) {
    if (slot.fate() != null) {
      return slot.fate();
    }
    if (book.isClosed()) {
      return EvictionCause.SHUTDOWN;
    }
    if (book.isDraining()) {
      return EvictionCause.SWITCHED;
    }
    if (book.isOneTooMany(slot.tenant().isSystem())) {
      return EvictionCause.BUDGET;
    }
    if (slot.isOutdated() && slot.physical().origin() == null) {
      return EvictionCause.OUTDATED;
    }
    if (slot.isToTemplate()) {
      return EvictionCause.TEMPLATE;
    }
    return slot.isExpired(now) ? EvictionCause.LIFETIME : null;
  }

  private void free(Slot slot, long now) {
    TenantPool tenant = slot.tenant();
    book.makeFree(slot);
    if (!line.isEmpty()) {
      dispatcher.offer(slot, now);
      dispatcher.offerSpare(tenant, now);
      dispatcher.serveLine();
    }
  }

  // ---- cleaning and closing

  /** The worker made the session clean. */
  void cleaned(Slot slot, long now) {
    gate.at(now);
    book.resetEnded(slot.tenant());
    countReset(slot);
    slot.cleaned();
    EvictionCause cause = endOfService(slot, now);
    if (cause != null) {
      book.doom(slot, cause);
    } else {
      free(slot, now);
    }
    dispatcher.serveLine();
  }

  /** The worker could not make the session clean, and closes it now. */
  void resetFailed(Slot slot, EvictionCause cause) {
    book.resetEnded(slot.tenant());
    book.closing(slot, cause);
    dispatcher.serveLine();
  }

  /** The socket is closed: its permit goes to whoever waits for one. */
  void closed(Slot slot) {
    slot.closed();
    book.releasePermit(slot);
    dispatcher.serveLine();
  }

  PinSites.Sighting pinned(
      Slot slot, Pin cause, @Nullable StackTraceElement site, long epochMillis) {
    slot.tenant().counters().pinned(cause);
    book.counters().pinned(cause);
    return pinSites.pinned(cause, site, slot.tenant().name(), epochMillis);
  }

  PinSites pinSites() {
    return pinSites;
  }

  ConnectCost connectCost() {
    return connectCost;
  }
}
