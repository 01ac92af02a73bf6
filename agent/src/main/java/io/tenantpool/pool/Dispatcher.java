package io.tenantpool.pool;

import io.tenantpool.config.LendingOrder;
import io.tenantpool.connection.Origin;
import io.tenantpool.routing.PoolKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides who gets what is free: permits, doomed slots, idle connections, victims. The rules and
 * their reasons are in {@code docs/concurrency.md}, "Who gets which free connection" and "The
 * waiting line". Not thread-safe: the server's lock guards it.
 */
final class Dispatcher {

  /** A server needs longer to end a session and to say so to whoever asked it to. */
  private static final long VALIDATE_OPENED_AFTER_NANOS = 500_000;

  /** After so many nanoseconds whoever has waited may have what nobody has wanted. */
  static final long LONGEST_UNWANTED = 200_000_000;

  private final SlotBook book;
  private final ConnectionBudget budget;
  private final WaitingLine line;
  private final ConnectCost connectCost;
  private final ConnectGate gate;
  private final Lookout lookout;
  private final Outbox outbox;
  private final SharingPolicy policy;
  private final LastLease lastLease;
  private final Victims victims;
  private final long validateAfterNanos;
  private LendingOrder lendingOrder;

  /** When a session of the server was last found to be gone, if one ever was. */
  private long lostAt;

  private boolean lostAny;

  Dispatcher(
      PoolLimits limits,
      SlotBook book,
      WaitingLine line,
      ConnectCost connectCost,
      ConnectGate gate,
      Lookout lookout,
      Outbox outbox,
      SharingPolicy policy,
      LastLease lastLease) {
    this.policy = policy;
    this.lastLease = lastLease;
    this.book = book;
    this.budget = book.budget();
    this.line = line;
    this.connectCost = connectCost;
    this.gate = gate;
    this.lookout = lookout;
    this.outbox = outbox;
    victims = new Victims(book, gate, policy);
    validateAfterNanos = limits.validateAfter().toNanos();
    lendingOrder = limits.lendingOrder();
  }

  /** Which of several that suit a borrower equally well it gets from now on. */
  void lends(LendingOrder order) {
    lendingOrder = order;
  }

  /** Which of several that suit a borrower equally well it gets. */
  LendingOrder lendingOrder() {
    return lendingOrder;
  }

  /** A free connection of the key, the one that suits {@code origin} best; null without one. */
  @Nullable Slot lendReady(TenantPool tenant, PoolKey key, @Nullable Origin origin, long now) {
    Slot slot = best(tenant, key, origin);
    return slot == null ? null : take(slot, origin, now);
  }

  /**
   * The same for a newcomer, who gets the tenant's {@linkplain #hotSpare spare} rather than one
   * that it would have to reset.
   */
  @Nullable Slot lendToNewcomer(TenantPool tenant, PoolKey key, @Nullable Origin origin, long now) {
    Slot slot = best(tenant, key, origin);
    if (slot == null) {
      return null;
    }
    Slot spare = slot.servesAsItIs(origin) ? null : insteadOf(slot, tenant, key);
    return spare == null ? take(slot, origin, now) : spare;
  }

  /**
   * One connection more rather than that one, which would have to be reset; null when that would
   * cost anybody else anything, or is not worth it.
   */
  private @Nullable Slot insteadOf(Slot slot, TenantPool tenant, PoolKey key) {
    return slot.isRemembered() ? onFreePermit(tenant, key) : hotSpare(tenant, key);
  }

  /**
   * The tenant's free connection of the key that suits a borrower of {@code origin} best: one kept
   * for it, else a clean one, else a dirty one, the last one returned before older ones unless it
   * is to be the other way round ({@link LendingOrder}); else the one kept for another origin that
   * its own is least likely to miss, the first one returned.
   */
  private @Nullable Slot best(TenantPool tenant, PoolKey key, @Nullable Origin origin) {
    Slot clean = null;
    Slot dirty = null;
    Slot foreign = null;
    List<Slot> free = tenant.ready();
    boolean oldestFirst = lendingOrder == LendingOrder.FIFO;
    int last = free.size() - 1;
    for (int i = last; i >= 0; i--) {
      Slot slot = free.get(oldestFirst ? last - i : i);
      if (slot.isFor(key, origin)) {
        if (slot.state() == SlotState.DIRTY) {
          dirty = dirty == null ? slot : dirty;
        } else if (slot.keptFor() == origin) {
          return slot;
        } else if (slot.keptFor() == null) {
          clean = clean == null ? slot : clean;
        } else if (foreign == null || !oldestFirst) {
          foreign = slot;
        }
      }
    }
    if (clean != null) {
      return clean;
    }
    return dirty == null ? foreign : dirty;
  }

  private Slot take(Slot slot, @Nullable Origin origin, long now) {
    book.takeOut(slot);
    slot.tenant().takenByBorrower();
    if (!slot.servesAsItIs(origin)) {
      slot.resetting(now);
    } else if (isToBeValidated(slot, origin, now)) {
      slot.validating(origin);
    } else {
      slot.taken(origin);
    }
    return slot;
  }

  /** One of the server's sessions was found to be gone: those that were idle may be, too. */
  void sessionLost(long now) {
    lostAny = true;
    budget.doubt();
    lostAt = now;
    gate.sessionLost();
  }

  /**
   * An application that opens a connection itself, instead of an application pool, expects one that
   * works: without the agent it would have been connected now.
   */
  private boolean isToBeValidated(Slot slot, @Nullable Origin origin, long now) {
    long idle = now - slot.freeSince();
    return idle > validateAfterNanos
        || (origin == null && idle > VALIDATE_OPENED_AFTER_NANOS)
        || (lostAny && now - lostAt <= idle);
  }

  /**
   * One connection more for a tenant whose borrowers were held up by resets for as long as a
   * connect takes; null when they were not, or when it would cost anybody else anything.
   */
  @Nullable Slot hotSpare(TenantPool tenant, PoolKey key) {
    Slot spare = tenant.rent() < connectCost.nanos() ? null : onFreePermit(tenant, key);
    if (spare != null) {
      tenant.rentIsOver();
    }
    return spare;
  }

  /** One connection more on a permit that nobody else wants; null when there is none. */
  private @Nullable Slot onFreePermit(TenantPool tenant, PoolKey key) {
    if (!tenant.mayGrow()
        || !line.isEmpty()
        || book.isClosed()
        || !gate.isFree(key)
        || !tenant.mayOpen(Held.NONE, 0)
        || !budget.take(tenant.isSystem())) {
      return null;
    }
    return begun(book.newSlot(tenant, key, null));
  }

  private Slot begun(Slot slot) {
    gate.begun(slot);
    return slot;
  }

  /**
   * One more slot for the tenant: on a free permit, or on that of a victim. Null when neither can
   * be had, or this is not the moment to connect.
   */
  @Nullable Slot grow(TenantPool tenant, PoolKey key, Held held, boolean nested, long waitedNanos) {
    if (book.isClosed() || !gate.isFree(key)) {
      return null;
    }
    if (!nested && tenant.isHeld()) {
      return null;
    }
    Slot slot = slotFor(tenant, key, held, nested, waitedNanos);
    return slot == null ? null : begun(slot);
  }

  private @Nullable Slot slotFor(
      TenantPool tenant, PoolKey key, Held held, boolean nested, long waitedNanos) {
    if (nested ? !tenant.mayGrowNested() : !tenant.mayGrow()) {
      return insteadOfOwn(tenant, key, held, waitedNanos);
    }
    if (!tenant.mayUse(held, waitedNanos)) {
      return null;
    }
    if (mayOpen(tenant, held, waitedNanos) && budget.take(tenant.isSystem())) {
      return book.newSlot(tenant, key, null);
    }
    if (tenant.hasItsShare() || mayComeBackSooner(tenant, waitedNanos)) {
      return beyondItsShare(tenant, key, held, waitedNanos);
    }
    Slot doomed = book.peekDoomed(tenant);
    if (doomed != null) {
      return book.replace(doomed, tenant, key, EvictionCause.CAPACITY);
    }
    Slot victim = mayReplace() ? victims.of(tenant) : null;
    if (victim == null) {
      return insteadOfOwn(tenant, key, held, waitedNanos);
    }
    boolean own = victim.tenant() == tenant;
    return book.replace(
        victim, tenant, key, own ? EvictionCause.OTHER_KEY : EvictionCause.CAPACITY);
  }

  /** See {@link TenantPool#mayOpen}; asking may be what makes it allowed. */
  private boolean mayOpen(TenantPool tenant, Held held, long waitedNanos) {
    if (!tenant.mayOpen(held, waitedNanos) && budget.isFree(tenant.isSystem())) {
      lastLease.refused(gate.now());
    }
    return tenant.mayOpen(held, waitedNanos);
  }

  /** Whether a connect may begin now that takes another tenant's place. */
  private boolean mayReplace() {
    return gate.replacementWaitNanos() == 0;
  }

  /** Whether one of the tenant's own is likely to be back before another one would be open. */
  private boolean mayComeBackSooner(TenantPool tenant, long waitedNanos) {
    return !tenant.isInNeed() && waitedNanos < ownMayTakeNanos();
  }

  /**
   * A connection in the place of one of the tenant's own that is free, promised to nobody, and of
   * another key.
   */
  private @Nullable Slot insteadOfOwn(TenantPool tenant, PoolKey key, Held held, long waitedNanos) {
    Slot own = tenant.spare() > 0 && tenant.mayLend(held, waitedNanos) ? tenant.stalest() : null;
    return own == null ? null : book.replace(own, tenant, key, EvictionCause.OTHER_KEY);
  }

  /**
   * One more for a tenant that has its share: in the place of one that is to be closed anyway, of
   * its own, or of one that nobody has wanted for some time.
   */
  private @Nullable Slot beyondItsShare(
      TenantPool tenant, PoolKey key, Held held, long waitedNanos) {
    Slot doomed = book.peekDoomed(tenant);
    if (doomed != null) {
      return book.replace(doomed, tenant, key, EvictionCause.CAPACITY);
    }
    Slot own = insteadOfOwn(tenant, key, held, waitedNanos);
    if (own != null) {
      return own;
    }
    boolean mayWaitForItself = held == Held.FEW && lastLease.isNext();
    if (!mayWaitForItself && !mayReplace()) {
      return null;
    }
    Slot unwanted =
        mayWaitForItself
            ? victims.of(tenant)
            : victims.unwantedFor(tenant, unwantedNanos(waitedNanos));
    return unwanted == null ? null : book.replace(unwanted, tenant, key, EvictionCause.CAPACITY);
  }

  /**
   * How long nobody may have wanted a connection that a tenant which has its share is to get. A
   * thread that has waited for longer than its tenant's own connections take to come back has use
   * for one more; it is not to wait for seconds where connects are slow.
   */
  private long unwantedNanos(long waitedNanos) {
    long inConnects = policy.unwantedInConnects() * connectCost.nanos();
    return waitedNanos < ownMayTakeNanos() ? inConnects : Math.min(LONGEST_UNWANTED, inConnects);
  }

  /** As long as one of a tenant's own may be back sooner than another one would be open. */
  private long ownMayTakeNanos() {
    return policy.waitInConnects() * connectCost.nanos();
  }

  /**
   * A newcomer may overtake waiters of its own tenant only while no other tenant could use the
   * connection, and not for ever.
   */
  boolean mayBarge(TenantPool tenant, long now) {
    Waiter longest = tenant.firstWaiter();
    return longest != null
        && now - longest.since() < connectCost.quantumNanos()
        && (!mayReplace() || rival(tenant, false) == null);
  }

  /** A connection that is being made clean is back sooner than a new one is open. */
  static boolean comesBackSoon(TenantPool tenant) {
    return tenant.resetting() > tenant.waiting();
  }

  /**
   * Who gets a connection that has just become free; false when nobody wants it. Another tenant
   * that waits for a permit gets it when the owner has nobody waiting, has more than its share, or
   * has had this connection for its quantum; else the owner's own waiters do: by a signal, so that
   * running threads may be faster, while no other tenant is there; by hand, in strict order,
   * otherwise. Another one that has its share gets it only after the quantum, and only if it has
   * less than the owner.
   */
  boolean offer(Slot slot, long now) {
    TenantPool tenant = slot.tenant();
    boolean promised = tenant.spare() <= 0;
    Waiter own = nextOwn(slot, promised);
    Waiter other = rival(tenant, own == null);
    if (other != null && (!lookout.mayConnect(other) || !mayReplace(other))) {
      other = null;
    }
    if (other != null && yields(slot, own, other, now)) {
      grant(other, begun(book.replace(slot, other.tenant(), other.key(), EvictionCause.CAPACITY)));
      return true;
    }
    if (own == null) {
      expectLast(tenant, now);
      return false;
    }
    if (!slot.isFor(own.key(), own.origin())) {
      if (lookout.mayConnect(own)) {
        grant(own, begun(book.replace(slot, tenant, own.key(), EvictionCause.OTHER_KEY)));
        return true;
      }
      if (best(tenant, own.key(), own.origin()) == null) {
        return false;
      }
    }
    if (other != null || now - own.since() >= connectCost.quantumNanos()) {
      Slot lent = lendReady(tenant, own.key(), own.origin(), now);
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
    tenant.changed(own);
    book.promised(tenant);
    line.refresh(tenant);
    outbox.wake(own);
    return true;
  }

  private boolean yields(Slot slot, @Nullable Waiter own, Waiter other, long now) {
    boolean quantumUsed = now - slot.openedAt() >= connectCost.quantumNanos();
    boolean isAboveShare = slot.tenant().isAboveShare();
    if (other.tenant().isInNeed()) {
      return own == null || quantumUsed || isAboveShare;
    }
    return quantumUsed
        || (own == null && isOwed(other))
        || (isAboveShare && !other.tenant().hasItsShare());
  }

  /** Whether its tenant is below its share, and none of its own is likely to be back soon. */
  private boolean isOwed(Waiter waiter) {
    TenantPool tenant = waiter.tenant();
    return !tenant.hasItsShare() && !mayComeBackSooner(tenant, gate.now() - waiter.since());
  }

  /** Whoever waits for the last lease looks when it has been left to others for long enough. */
  private void expectLast(TenantPool tenant, long now) {
    Waiter first = tenant.firstWaiter();
    if (first != null && tenant.spare() > 0 && !first.isSignalled()) {
      lastLease.keptBack(tenant);
      long later = Math.max(now, first.since()) + LastLease.DELAY_NANOS;
      long delayed = first.since() + LastLease.DELAY_NANOS;
      lookout.looksAt(first, delayed - now > 0 ? delayed : later);
    }
  }

  /**
   * Who of another tenant may get a connection of this one that has just become free: the first
   * candidate, unless it has connections already and would come to have as many as this tenant. One
   * that nobody of this tenant wants may go to such a one as well, if it is below its share and has
   * waited. Where the first one may not have it, the first of those in need does.
   */
  private @Nullable Waiter rival(TenantPool tenant, boolean isUnwanted) {
    Waiter other = nextOther(tenant);
    if (other != null && !mayBeGiven(other, tenant, isUnwanted)) {
      other = nextOtherInNeed(tenant);
    }
    return other != null && other.tenant().mayUse(other.held(), gate.now() - other.since())
        ? other
        : null;
  }

  private boolean mayBeGiven(Waiter other, TenantPool of, boolean isUnwanted) {
    return other.tenant().isInNeed()
        || other.tenant().isPoorerThan(of)
        || (isUnwanted && isOwed(other));
  }

  /** The first waiter of its own tenant to whom it is of use; who would have to connect may. */
  private @Nullable Waiter nextOwn(Slot slot, boolean promised) {
    TenantPool tenant = slot.tenant();
    if (!tenant.hasWaiters()) {
      return null;
    }
    boolean mayConnect = gate.serverWaitNanos() == 0;
    Waiter own =
        promised ? tenant.nextToLend(slot, mayConnect) : tenant.nextToSignal(slot, mayConnect);
    if (own == null && !mayConnect) {
      Waiter later = promised ? tenant.nextToLend(slot, true) : tenant.nextToSignal(slot, true);
      if (later != null) {
        lookout.lookAgain(later);
      }
    }
    return own;
  }

  /** The first candidate of another tenant to whom a permit of this tenant may pass. */
  private @Nullable Waiter nextOther(TenantPool tenant) {
    Waiter other = lookout.unlessShut(() -> line.firstOtherThan(tenant));
    if (other == null || budget.canPass(tenant.isSystem(), other.tenant().isSystem())) {
      return other;
    }
    Waiter system = lookout.unlessShut(() -> line.firstSystemOtherThan(tenant));
    return system != null && budget.canPass(tenant.isSystem(), true) ? system : null;
  }

  private @Nullable Waiter nextOtherInNeed(TenantPool tenant) {
    Waiter other = lookout.unlessShut(() -> line.firstInNeedOtherThan(tenant));
    return other != null && budget.canPass(tenant.isSystem(), other.tenant().isSystem())
        ? other
        : null;
  }

  /**
   * Offers the tenant's free connections that are promised to nobody: the one to whom such a one
   * was offered has gone, or the tenant may lend one more.
   */
  void offerSpare(TenantPool tenant, long now) {
    while (!line.isEmpty() && tenant.spare() > 0) {
      Slot slot = tenant.stalest();
      if (slot == null || !(offer(slot, now) || offerAnother(tenant, now))) {
        return;
      }
    }
  }

  /** While not everybody may connect, one connection can be of use where another is not. */
  private boolean offerAnother(TenantPool tenant, long now) {
    if (gate.isCalm()) {
      return false;
    }
    for (Slot slot : List.copyOf(tenant.ready())) {
      if (offer(slot, now)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Serves the candidates of the line for as long as there are permits, doomed slots or victims.
   */
  void serveLine() {
    while (!line.isEmpty() && serveOne()) {
      // Goes on until there is nothing, or nobody who may have it.
    }
    for (TenantPool tenant : lastLease.released()) {
      offerSpare(tenant, gate.now());
    }
  }

  private boolean serveOne() {
    if (serveWhoeverMayWaitForItself()) {
      return true;
    }
    Waiter first = lookout.unlessShut(line::first);
    if (first == null || serve(first)) {
      return first != null;
    }
    Waiter inNeed = first.inNeed ? null : lookout.unlessShut(line::firstInNeed);
    if (inNeed != null && serve(inNeed)) {
      return true;
    }
    Waiter system = first.tenant().isSystem() ? null : lookout.unlessShut(line::firstSystem);
    return system != null && serve(system);
  }

  private boolean serve(Waiter waiter) {
    Slot slot = growFor(waiter);
    if (slot != null) {
      grant(waiter, slot);
    }
    return slot != null;
  }

  /**
   * The last lease goes to the thread that holds a few and has waited longest for one more,
   * wherever it stands: it may wait for itself, and so may everybody else.
   */
  private boolean serveWhoeverMayWaitForItself() {
    if (!lastLease.isNext()) {
      return false;
    }
    for (Waiter waiter : lastLease.longestInNeed()) {
      if (!waiter.isSignalled() && serve(waiter)) {
        tellOfLast(waiter.tenant());
        return true;
      }
    }
    return false;
  }

  /** A thread that may wait for itself has got the last connection. */
  void tellOfLast(TenantPool tenant) {
    if (!line.isEmpty() && lastLease.lentTo(gate.now())) {
      outbox.lastConnectionLent(tenant.name(), line.waiting());
    }
  }

  /** The gate may have opened by now for somebody who came before the one who asks. */
  void serveBefore(long now) {
    gate.at(now);
    if (!gate.isCalm()) {
      serveLine();
    }
  }

  /**
   * A permit that passed from an ordinary tenant to a system tenant makes room for another ordinary
   * one, if there is a reserve.
   */
  void serveAfterPass() {
    if (budget.reserved() > 0) {
      serveLine();
    }
  }

  private @Nullable Slot growFor(Waiter waiter) {
    TenantPool tenant = waiter.tenant();
    long waited = gate.now() - waiter.since();
    if (tenant.spare() > 0 && tenant.mayUse(waiter.held(), waited)) {
      Slot own = lendReady(tenant, waiter.key(), waiter.origin(), gate.now());
      if (own != null) {
        return own;
      }
    }
    if (!lookout.mayConnect(waiter)) {
      return null;
    }
    Slot slot = grow(tenant, waiter.key(), waiter.held(), waiter.isNested(), waited);
    if (slot == null) {
      looksForLast(waiter, waited);
      if (mayReplace(waiter)) {
        looksForMore(waiter, waited);
      }
    }
    return slot;
  }

  /** The last lease may be its own once it has waited for long enough: it looks then. */
  private void looksForLast(Waiter waiter, long waited) {
    if (waited < LastLease.DELAY_NANOS && !waiter.tenant().mayOpen(waiter.held(), waited)) {
      lookout.looksAt(waiter, waiter.since() + LastLease.DELAY_NANOS);
    }
  }

  /** The same for that waiter; if not, it looks again should those under way prove silent. */
  private boolean mayReplace(Waiter waiter) {
    long nanos = gate.replacementWaitNanos();
    if (nanos > 0) {
      lookout.looksAt(waiter, gate.now() + nanos);
    }
    return nanos == 0;
  }

  /**
   * What time alone gives to a tenant that has its share: its waiter looks when that has passed.
   */
  private void looksForMore(Waiter waiter, long waited) {
    TenantPool tenant = waiter.tenant();
    if (tenant.isInNeed()) {
      return;
    }
    if (!tenant.hasItsShare() && mayComeBackSooner(tenant, waited)) {
      lookout.looksAt(waiter, waiter.since() + ownMayTakeNanos());
    }
    for (IdleOrder idle : victims.passable(tenant)) {
      Slot stalest = idle.first();
      if (stalest == null) {
        continue;
      }
      long moment = unwantedAt(stalest, waiter);
      // One that may not pass, for whatever reason, is passed over as long again.
      long again = gate.now() + unwantedNanos(waited);
      lookout.looksAt(waiter, moment - gate.now() > 0 ? moment : again);
    }
  }

  /** From when on a connection that stays free may go to that waiter, who has its share. */
  private long unwantedAt(Slot slot, Waiter waiter) {
    long hasWaited = waiter.since() + ownMayTakeNanos();
    long bounded = slot.freeSince() + unwantedNanos(ownMayTakeNanos());
    long sooner = bounded - hasWaited > 0 ? bounded : hasWaited;
    long atTheLatest = slot.freeSince() + unwantedNanos(0);
    return sooner - atTheLatest > 0 ? atTheLatest : sooner;
  }

  boolean takeSignalBack(Waiter waiter) {
    boolean wasSignalled = waiter.answered();
    if (wasSignalled) {
      waiter.tenant().signalAnswered();
      waiter.tenant().changed(waiter);
      book.promised(waiter.tenant());
    }
    return wasSignalled;
  }

  /** See {@link WaitingLine#remove}. */
  void leave(Waiter waiter, boolean moves) {
    takeSignalBack(waiter);
    if (line.remove(waiter, moves)) {
      waiter.tenant().counters().waitsNoMore();
      book.counters().waitsNoMore();
      long nanos = Math.max(0, gate.now() - waiter.stoodAt());
      waiter.tenant().counters().waited(waiter.cause(), nanos);
      book.counters().waited(waiter.cause(), nanos);
      lookout.left(waiter);
    }
  }

  private void grant(Waiter waiter, Slot slot) {
    // In this order: whatever fails, the slot has an owner, who looks for it.
    waiter.grant(slot);
    outbox.wake(waiter);
    leave(waiter, true);
  }
}
