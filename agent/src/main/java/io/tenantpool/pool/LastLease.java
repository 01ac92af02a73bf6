package io.tenantpool.pool;

import java.util.Collection;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last connection of the budget that ordinary tenants can have. Below its share a tenant may
 * always have it; above its share it is kept back a little, for two reasons. A thread that holds
 * one and waits for another may wait for itself: where all are held by such threads, one more for
 * the longest waiting of them lets one after the other come to its end. And a thread that opens one
 * after the other may have forgotten to close them: what is left is for others. Not thread-safe:
 * the server's lock guards it.
 */
final class LastLease {

  /** For so long it is left for somebody who needs it more. */
  static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Where a thread held one and asked for another, that is expected again. */
  static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** Too few to keep one back. */
  private static final int SMALL_BUDGET = 2;

  private final IntSupplier tenants;
  private @Nullable ConnectionBudget budget;
  private int lent;

  /** Threads that hold a few and wait for one more, in the order of arrival. */
  private final TreeSet<Waiter> nestedWaiters =
      new TreeSet<>(Comparator.comparingLong(Waiter::order));

  private boolean nestedSeen;
  private long nestedAt;

  /** {@code tenants} says how many the server has seen. */
  LastLease(IntSupplier tenants) {
    this.tenants = tenants;
  }

  /** Of this budget. */
  void of(ConnectionBudget counted) {
    budget = counted;
  }

  /** Ordinary tenants have so many more in use, or on the way to that; or fewer. */
  void lent(int by) {
    lent += by;
  }

  /** See {@link LedgerRepair}. */
  void recount(int inUse, Collection<Waiter> nestedInLine) {
    lent = inUse;
    nestedWaiters.clear();
    nestedWaiters.addAll(nestedInLine);
  }

  /** A thread that holds one asks for another. */
  void nested(long now) {
    nestedSeen = true;
    nestedAt = now;
  }

  /** Nothing like that has been seen for long. */
  void tidyUp(long now) {
    nestedSeen &= now - nestedAt < REMEMBERED_NANOS;
  }

  void waits(Waiter waiter) {
    if (isInNeed(waiter)) {
      nestedWaiters.add(waiter);
    }
  }

  void waitsNoMore(Waiter waiter) {
    nestedWaiters.remove(waiter);
  }

  /** Whoever of those in need has waited longest; null without any. */
  @Nullable Waiter longestInNeed() {
    return nestedWaiters.isEmpty() ? null : nestedWaiters.first();
  }

  static boolean isInNeed(Waiter waiter) {
    return waiter.held() == Held.FEW && !waiter.tenant().isSystem();
  }

  /** Whether one more in use is the last one. */
  boolean isNext() {
    return budget != null
        && budget.ordinaryBudget() > SMALL_BUDGET
        && lent + 1 >= budget.ordinaryBudget();
  }

  /**
   * Whether a tenant that has its share may have one more in use.
   *
   * @param waitedNanos how long whoever wants it has waited
   * @param isNew whether it is to be opened on a permit that is free
   */
  boolean allows(Held held, long waitedNanos, boolean isNew) {
    if (!isNext()) {
      return true;
    }
    return switch (held) {
      case FEW -> true;
      case NONE -> !(nestedSeen || isNew) || isLeftOver(waitedNanos);
      case MANY -> tenants.getAsInt() <= 1 && isLeftOver(waitedNanos);
    };
  }

  private boolean isLeftOver(long waitedNanos) {
    return waitedNanos >= DELAY_NANOS && nestedWaiters.isEmpty();
  }

  int lent() {
    return lent;
  }
}
