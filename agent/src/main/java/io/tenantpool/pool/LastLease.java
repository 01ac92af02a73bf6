package io.tenantpool.pool;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last connection of the budget that ordinary tenants with elastic shares can have: a reserve
 * for threads that hold one and ask for another. Such a thread may wait for itself. Where all
 * connections are held by such threads, one more for whoever of them has waited longest lets one
 * after the other come to its end. So once such a thread was seen, nobody else gets the last one,
 * for ten minutes. Before that a tenant that has its share gets it a little later, when it is to be
 * opened: when one of its threads has waited for it, or when it has been wanted now and then for as
 * long. So the first such thread is seen in time. A thread that opens one after the other may have
 * forgotten to close them: it leaves one more, for other tenants. Not thread-safe: the server's
 * lock guards it.
 */
final class LastLease {

  /** For so long it is left for somebody who needs it more. */
  static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Where a thread held one and asked for another, that is expected again. */
  static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** Too few to keep one back, and too few in use. */
  private static final int SMALL_BUDGET = 2;

  /** So many that one can be kept back for good, and another one for other tenants. */
  private static final int LARGE_BUDGET = 5;

  /** More than these are not asked in one step; each is asked again when something changes. */
  private static final int ASKED_AT_ONCE = 16;

  private final IntSupplier tenants;
  private @Nullable ConnectionBudget budget;
  private int lent;
  private int lentToSystem;

  /** Threads that hold a few and wait for one more, in the order of arrival. */
  private final TreeSet<Waiter> nestedWaiters =
      new TreeSet<>(Comparator.comparingLong(Waiter::order));

  /** With waiters of their own and free connections, of which one was kept back. */
  private final Set<TenantPool> keptBack = new LinkedHashSet<>();

  private boolean nestedSeen;
  private long nestedAt;
  private boolean isTold;
  private long lentAt;

  /** Whether it was to be opened, and kept back; since when, and when last. */
  private boolean isRefused;

  private long refusedSince;
  private long refusedAt;

  /** {@code tenants} says how many the server has seen. */
  LastLease(IntSupplier tenants) {
    this.tenants = tenants;
  }

  /** Of this budget. */
  void of(ConnectionBudget counted) {
    budget = counted;
  }

  /** That kind of tenants has so many more in use, or on the way to that; or fewer. */
  void lent(boolean system, int by) {
    if (system) {
      lentToSystem += by;
    } else {
      lent += by;
    }
  }

  /** See {@link LedgerRepair}. */
  void recount(int inUse, int inUseBySystem, Collection<Waiter> nestedInLine) {
    lent = inUse;
    lentToSystem = inUseBySystem;
    nestedWaiters.clear();
    nestedWaiters.addAll(nestedInLine);
  }

  /** A thread that holds one asks for another. */
  void nested(long now) {
    nestedSeen = true;
    nestedAt = now;
  }

  /**
   * A thread of a tenant that has its share wants it to be opened, and may not have it yet. One
   * that is served by what comes back meanwhile will never wait for long: together they do.
   */
  void refused(long now) {
    if (!isRefused || now - refusedAt >= REMEMBERED_NANOS) {
      isRefused = true;
      refusedSince = now;
    }
    refusedAt = now;
  }

  private boolean isRefusedForLong() {
    return isRefused && refusedAt - refusedSince >= DELAY_NANOS;
  }

  /** It is lent to such a thread while others wait; true when that is news. */
  boolean lentTo(long now) {
    boolean isNews = !isTold || now - lentAt >= Shortage.QUIET_NANOS;
    isTold = true;
    lentAt = now;
    return isNews;
  }

  /** True when nothing like that has been seen for long, which is news. */
  boolean tidyUp(long now) {
    boolean ends = nestedSeen && now - nestedAt >= REMEMBERED_NANOS;
    nestedSeen &= !ends;
    // What was refused for the sake of such threads says nothing of the time after them.
    isRefused &= !ends;
    return ends;
  }

  void waits(Waiter waiter) {
    if (isInNeed(waiter)) {
      nestedWaiters.add(waiter);
    }
  }

  void waitsNoMore(Waiter waiter) {
    nestedWaiters.remove(waiter);
  }

  /** Those in need who have waited longest, in that order. */
  List<Waiter> longestInNeed() {
    return nestedWaiters.isEmpty()
        ? List.of()
        : nestedWaiters.stream().limit(ASKED_AT_ONCE).toList();
  }

  static boolean isInNeed(Waiter waiter) {
    return waiter.held() == Held.FEW && !waiter.tenant().isSystem();
  }

  /** The tenant has a free connection and somebody who waits, and has to leave the last one. */
  void keptBack(TenantPool tenant) {
    keptBack.add(tenant);
  }

  /** Whose connections are kept back no more; they are not remembered any longer. */
  List<TenantPool> released() {
    if (keptBack.isEmpty() || (nestedSeen && isNext())) {
      return List.of();
    }
    List<TenantPool> released = List.copyOf(keptBack);
    keptBack.clear();
    return released;
  }

  /** Whether one more in use is the last one. */
  boolean isNext() {
    return isNext(1);
  }

  /** Whether it matters to some already who wants one more. */
  boolean isNear() {
    return isNext(2);
  }

  /** Whether after so many more in use nothing is left. */
  private boolean isNext(int more) {
    if (budget == null || lent < SMALL_BUDGET) {
      return false;
    }
    int all = budget.ordinaryBudget();
    return all > SMALL_BUDGET && lent + more >= Math.min(all, budget.budget() - lentToSystem);
  }

  /**
   * Whether an ordinary tenant with an elastic share may have one more in use.
   *
   * @param waitedNanos how long whoever wants it has waited
   * @param isExtra whether the tenant has its share, and it is to be opened on a permit that is
   *     free
   */
  boolean allows(Held held, long waitedNanos, boolean isExtra) {
    if (!isNear()) {
      return true;
    }
    boolean hasWaited = waitedNanos >= DELAY_NANOS;
    return switch (held) {
          case FEW -> true;
          case NONE -> isForThoseWithNone() || (!isKept() && hasWaited && !isWanted());
          case MANY -> isForThoseWithMany() || (isAlone() && hasWaited && !isWanted());
        }
        && (held != Held.NONE || !isExtra || !isNext() || hasWaited || isRefusedForLong());
  }

  /** Which threads may be lent one more that is free already: a set of {@link Held}. */
  int lendable() {
    if (!isNear()) {
      return Held.ALL;
    }
    boolean isLeft = !isWanted();
    return Held.FEW.bit()
        | (isForThoseWithNone() || (!isKept() && isLeft) ? Held.NONE.bit() : 0)
        | (isForThoseWithMany() || (isAlone() && isLeft) ? Held.MANY.bit() : 0);
  }

  private boolean isForThoseWithNone() {
    return !nestedSeen || !isNext();
  }

  private boolean isForThoseWithMany() {
    return !isNext(isAlone() || !isLarge() ? 1 : 2);
  }

  /** Whether the last one is kept back for good. */
  private boolean isKept() {
    return nestedSeen && isLarge();
  }

  private boolean isLarge() {
    return budget != null && budget.ordinaryBudget() >= LARGE_BUDGET;
  }

  private boolean isAlone() {
    return tenants.getAsInt() <= 1;
  }

  /** Whether somebody waits who may wait for itself. */
  private boolean isWanted() {
    return !nestedWaiters.isEmpty();
  }

  /** Whether such threads may be lent one more, be it the last one. */
  boolean isFor(Held held) {
    return held.isIn(lendable());
  }

  /** How many that kind of tenants has in use, or on the way to that. */
  int lent(boolean system) {
    return system ? lentToSystem : lent;
  }
}
