package io.tenantpool.pool;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a connection of one tenant, in the order of arrival, and who of them is next for
 * what has become possible. Not thread-safe: the server's lock guards it.
 */
final class TenantLine {

  private final LinkedHashSet<Waiter> waiters = new LinkedHashSet<>(4);

  void add(Waiter waiter) {
    waiters.add(waiter);
  }

  boolean remove(Waiter waiter) {
    return waiters.remove(waiter);
  }

  boolean isEmpty() {
    return waiters.isEmpty();
  }

  Set<Waiter> waiters() {
    return waiters;
  }

  Waiter first() {
    return waiters.iterator().next();
  }

  /**
   * The first to whom that free connection may be lent.
   *
   * @param mayLend whether the tenant's cap allows one lease more
   * @param mayConnect whether it may be replaced by one of another key
   */
  @Nullable Waiter nextToLend(Slot slot, boolean mayLend, boolean mayConnect) {
    for (Waiter waiter : waiters) {
      if ((mayLend || waiter.isNested()) && isOfUse(slot, waiter, mayConnect)) {
        return waiter;
      }
    }
    return null;
  }

  private static boolean isOfUse(Slot slot, Waiter waiter, boolean mayConnect) {
    return (mayConnect && !waiter.isHeldBack()) || slot.isFor(waiter.key(), waiter.origin());
  }

  /**
   * The first who may be told of that free connection and has not been told of one yet.
   *
   * @param mayLend whether the tenant's cap allows one lease more
   * @param mayConnect whether it may be replaced by one of another key
   */
  @Nullable Waiter nextToSignal(Slot slot, boolean mayLend, boolean mayConnect) {
    for (Waiter waiter : waiters) {
      boolean ready = !waiter.isSignalled() && (mayLend || waiter.isNested());
      if (ready && isOfUse(slot, waiter, mayConnect)) {
        return waiter;
      }
    }
    return null;
  }

  /**
   * The first for whom the tenant may have one more connection: not one who has a free one
   * promised, nor one who awaits the end of a reset, nor one who may not connect yet.
   *
   * @param mayGrow whether the tenant's cap allows one connection more
   * @param resetting whether a session is being reset, for which one can wait
   */
  @Nullable Waiter nextToGrow(boolean mayGrow, boolean resetting) {
    for (Waiter waiter : waiters) {
      boolean awaitsReset = waiter.isPatient() && resetting;
      boolean ready = !waiter.isSignalled() && !awaitsReset && !waiter.isHeldBack();
      if (ready && (mayGrow || waiter.isNested())) {
        return waiter;
      }
    }
    return null;
  }
}
