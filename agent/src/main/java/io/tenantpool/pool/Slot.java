package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.SessionFilter;
import io.tenantpool.routing.PoolKey;
import org.jspecify.annotations.Nullable;

/**
 * One physical connection from the decision to open it until its socket is closed; the bearer of
 * one permit. A slot with a {@linkplain #victim() victim} has no permit yet: it inherits the
 * victim's when that is closed.
 *
 * <p>Every method is called under the lock of the server, and nothing else writes the state.
 */
final class Slot {

  private static final int LENGTH_OF_TEMPLATE = "template1".length();

  private static final int NONE = -1;

  private final long id;
  private final TenantPool tenant;
  private final PoolKey key;
  private final ProvenLogins logins;
  private final int doubtsBefore;
  private SlotState state = SlotState.OPENING;
  private @Nullable Slot victim;
  private @Nullable PhysicalConnection physical;
  private long openedAt;
  private long expiresAt;
  private long freeSince;
  private long resetSince;

  private @Nullable Origin keptFor;
  private @Nullable PooledLease lease;
  private long lentAt;
  private boolean suspected;

  private @Nullable EvictionCause fate;
  private boolean outdated;
  private boolean queued;
  private boolean served;
  private boolean byWorker;

  // Its place in the IdleOrder.
  @Nullable Slot freedBefore;
  @Nullable Slot freedAfter;

  /** Which owner has it, or will have it next: another number each time that it becomes free. */
  int tenure;

  /**
   * Which owner has left it without having been able to give it up: it is the housekeeper's then.
   * Written by that owner, by nothing but a write of this field. A slot that is still being made is
   * nobody's as well.
   */
  volatile int leftBy;

  /** Whom it was granted to, until the lease begins. */
  private @Nullable Waiter grantedTo;

  /** The slot that its owner got instead of it; null when none. */
  @Nullable Slot replacement;

  /**
   * What a connect has brought, until the slot {@linkplain #opened is told}. Written by the owner,
   * by nothing but a write of this field.
   */
  volatile @Nullable PhysicalConnection unclaimed;

  Slot(long id, TenantPool tenant, PoolKey key, ProvenLogins logins, @Nullable Slot victim) {
    this.id = id;
    this.tenant = tenant;
    this.key = key;
    this.logins = logins;
    this.doubtsBefore = logins.doubts();
    this.victim = victim;
  }

  void opened(PhysicalConnection connection, long now, long lifetimeNanos) {
    move(SlotState.OPENING, SlotState.TAKEN);
    logins.accepted(key, doubtsBefore);
    physical = connection;
    unclaimed = null;
    if (outdated) {
      connection.outdate();
    }
    openedAt = now;
    expiresAt = now + lifetimeNanos;
  }

  void openFailed() {
    move(SlotState.OPENING, SlotState.CLOSED);
  }

  void lent(PooledLease newLease, long now) {
    require(
        state == SlotState.TAKEN || state == SlotState.RESETTING || state == SlotState.VALIDATING,
        SlotState.ACTIVE);
    state = SlotState.ACTIVE;
    keptFor = null;
    grantedTo = null;
    lease = newLease;
    suspected = false;
    lentAt = now;
  }

  void returned(long now) {
    move(SlotState.ACTIVE, SlotState.DIRTY);
    leaseEnded(now);
  }

  /**
   * Returned with a session that need not be reset: nothing was asked of it, or it is kept as it is
   * for {@code origin}, which used it.
   */
  void returnedIdle(@Nullable Origin origin, long now) {
    move(SlotState.ACTIVE, SlotState.IDLE);
    keptFor = origin;
    leaseEnded(now);
  }

  private void leaseEnded(long now) {
    lease = null;
    tenure++;
    served = true;
    freeSince = now;
  }

  /** What is dirty, or kept for somebody else, is made clean. */
  void resetting(long now) {
    require(
        state == SlotState.DIRTY || (state == SlotState.IDLE && keptFor != null),
        SlotState.RESETTING);
    state = SlotState.RESETTING;
    resetSince = now;
    byWorker = false;
  }

  /** What is dirty is made clean by the worker. */
  void resettingByWorker(long now) {
    resetting(now);
    byWorker = true;
  }

  /** Whether it is the worker that makes it clean. */
  boolean isWithWorker() {
    return state == SlotState.RESETTING && byWorker;
  }

  void grantedTo(Waiter waiter) {
    grantedTo = waiter;
  }

  /** Whether nobody is left who would take it further. */
  boolean isAbandoned() {
    Waiter waiter = grantedTo;
    PooledLease current = lease;
    return leftBy == tenure
        || (waiter != null && waiter.isLeft)
        || (current != null && current.isOver);
  }

  /** Somebody owns it now. */
  void adopted() {
    leftBy = NONE;
    grantedTo = null;
  }

  void cleaned() {
    move(SlotState.RESETTING, SlotState.IDLE);
    tenure++;
  }

  /** Its lifetime is another one now. */
  void expiresAfter(long lifetimeNanos) {
    expiresAt = openedAt + lifetimeNanos;
  }

  /** By a borrower of {@code origin}, who may have the session as it is. */
  void taken(@Nullable Origin origin) {
    require(servesAsItIs(origin), SlotState.TAKEN);
    state = SlotState.TAKEN;
  }

  /** By a borrower of {@code origin}, who may have the session as it is. */
  void validating(@Nullable Origin origin) {
    require(servesAsItIs(origin), SlotState.VALIDATING);
    state = SlotState.VALIDATING;
  }

  /** Its fate is sealed; the first cause stays. */
  void doomed(EvictionCause cause) {
    require(
        state == SlotState.ACTIVE || state == SlotState.DIRTY || state == SlotState.IDLE,
        SlotState.DOOMED);
    state = SlotState.DOOMED;
    lease = null;
    if (fate == null) {
      fate = cause;
    }
  }

  void closing(EvictionCause cause) {
    require(
        state == SlotState.DIRTY
            || state == SlotState.TAKEN
            || state == SlotState.RESETTING
            || state == SlotState.IDLE
            || state == SlotState.VALIDATING
            || state == SlotState.DOOMED,
        SlotState.CLOSING);
    state = SlotState.CLOSING;
    if (fate == null) {
      fate = cause;
    }
  }

  void closed() {
    move(SlotState.CLOSING, SlotState.CLOSED);
  }

  /** The victim's socket is closed, and its permit is this slot's. */
  void inherited() {
    victim = null;
  }

  /** To be closed with this cause as soon as its lease ends. */
  void sealFate(EvictionCause cause) {
    if (fate == null) {
      fate = cause;
    }
  }

  /**
   * What a login gives or allows has changed since this one: it serves nobody any more who is to
   * have a new session, only the application pool that it is kept for.
   */
  void outdate() {
    outdated = true;
    if (physical != null) {
      physical.outdate();
    }
  }

  /** Whether what a login gives or allows has changed since this one. */
  boolean isOutdated() {
    return outdated;
  }

  /** Puts the slot into the queue of work once; false when it is there already. */
  boolean enqueue() {
    boolean added = !queued;
    queued = true;
    return added;
  }

  void dequeued() {
    queued = false;
  }

  /** Whether somebody has it, or had it and has gone, on the way to a lease or in one. */
  boolean isLent() {
    return switch (state) {
      case OPENING, TAKEN, VALIDATING, ACTIVE -> true;
      case RESETTING -> !byWorker;
      default -> false;
    };
  }

  long id() {
    return id;
  }

  TenantPool tenant() {
    return tenant;
  }

  /** Its account, and the credentials that it logs in with. */
  PoolKey key() {
    return key;
  }

  /** What is known of the logins of its account. */
  ProvenLogins logins() {
    return logins;
  }

  /**
   * Whether its session is one for that request: of the same account, and the request's credentials
   * are proven. Those of an application pool's connection were when the pool got it, as the session
   * that it would have without the agent is logged in already.
   */
  boolean isFor(PoolKey wanted, @Nullable Origin origin) {
    return origin == null ? logins.admits(wanted) : logins.account().equals(wanted.account());
  }

  SlotState state() {
    return state;
  }

  @Nullable Slot victim() {
    return victim;
  }

  PhysicalConnection physical() {
    if (physical == null) {
      throw new IllegalStateException(
          "slot " + id + " has no physical connection in state " + state);
    }
    return physical;
  }

  @Nullable PooledLease lease() {
    return lease;
  }

  /** Marks its lease as leaked; false when it is marked already, and without a lease. */
  boolean suspect() {
    boolean news = lease != null && !suspected;
    suspected = true;
    return news;
  }

  @Nullable Thread borrower() {
    PooledLease current = lease;
    return current == null ? null : current.borrower();
  }

  @Nullable EvictionCause fate() {
    return fate;
  }

  long openedAt() {
    return openedAt;
  }

  long lentAt() {
    return lentAt;
  }

  /** Since when nobody has it: its last return. */
  long freeSince() {
    return freeSince;
  }

  /** Whether its reset has gone on for longer than that. */
  boolean isResetStuck(long now, long longestNanos) {
    return state == SlotState.RESETTING && now - resetSince >= longestNanos;
  }

  boolean isExpired(long now) {
    return now - expiresAt >= 0;
  }

  /** Whether it serves or may serve somebody again: neither doomed nor closing nor closed. */
  boolean isUsable() {
    return state != SlotState.DOOMED && state != SlotState.CLOSING && state != SlotState.CLOSED;
  }

  /** Whether there ever was a socket. */
  boolean wasOpened() {
    return physical != null;
  }

  /** Whether its session is one of these. */
  boolean isOf(SessionFilter which) {
    return which.concerns(key.database(), key.user());
  }

  /** Whether its session is in a database that {@code CREATE DATABASE} copies. */
  boolean isToTemplate() {
    String database = key.database();
    return database.length() == LENGTH_OF_TEMPLATE
        && (database.equals("template1") || database.equals("template0"));
  }

  /** Whether a borrower of {@code origin} may have the session without a reset. */
  boolean servesAsItIs(@Nullable Origin origin) {
    return state == SlotState.IDLE && (keptFor == null || keptFor == origin);
  }

  /**
   * The application pool that left something in the idle session, and the only one that may have it
   * as it is; null when the session is nobody's.
   */
  @Nullable Origin keptFor() {
    return keptFor;
  }

  /** Whether nobody had it before the lease that it has now; the borrower may ask. */
  boolean isFirstLease() {
    return !served;
  }

  boolean isReady() {
    return state == SlotState.IDLE || state == SlotState.DIRTY;
  }

  /** Whether an application may know the idle session again by what it unwrapped. */
  boolean isRemembered() {
    return keptFor != null && physical != null && physical.isRemembered();
  }

  private void move(SlotState from, SlotState to) {
    require(state == from, to);
    state = to;
  }

  private void require(boolean legal, SlotState to) {
    if (!legal) {
      throw new IllegalStateException("slot " + id + " cannot go from " + state + " to " + to);
    }
  }
}
