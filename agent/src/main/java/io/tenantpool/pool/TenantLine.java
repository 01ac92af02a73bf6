package io.tenantpool.pool;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a connection of one tenant, in the order of arrival, and who of them is next for
 * what has become possible. The waiters stand apart by what decides who may be next, each kind in
 * its own order, so that nobody is passed over. Not thread-safe: the server's lock guards it.
 */
final class TenantLine {

  // The kinds: what the thread holds, and sums of these.
  private static final int HELD = 3;
  private static final int PATIENT = 4;
  private static final int SIGNALLED = 8;
  private static final int HELD_BACK = 16;
  private static final int KINDS = 32;

  /** More waiters than a JVM lives to see. */
  private static final int BITS_OF_ORDER = 58;

  private static final Held[] HELDS = Held.values();

  private final LinkedHashSet<Waiter> waiters = new LinkedHashSet<>(4);

  /** By kind, then by arrival. */
  private final TreeMap<Long, Waiter> byKind = new TreeMap<>();

  /** How many of them may not connect yet; 0 but while connects fail. */
  private int heldBack;

  private final DepartureRate rate;

  /** A line that begins now. */
  TenantLine(long now) {
    rate = new DepartureRate(now);
  }

  void add(Waiter waiter) {
    waiters.add(waiter);
    put(waiter);
  }

  /** See {@link WaitingLine#remove}. */
  boolean remove(Waiter waiter, boolean moves) {
    if (!waiters.remove(waiter)) {
      return false;
    }
    if (moves) {
      rate.departed();
    }
    take(waiter);
    return true;
  }

  /**
   * To be called when it was signalled, answered that, lost its patience, or is held back or no
   * more.
   */
  void changed(Waiter waiter) {
    if (take(waiter)) {
      put(waiter);
    }
  }

  private boolean take(Waiter waiter) {
    boolean stood = byKind.remove(waiter.place, waiter);
    heldBack -= stood && (waiter.place >> BITS_OF_ORDER & HELD_BACK) != 0 ? 1 : 0;
    return stood;
  }

  private void put(Waiter waiter) {
    int kind =
        waiter.held().ordinal()
            + (waiter.isPatient() ? PATIENT : 0)
            + (waiter.isSignalled() ? SIGNALLED : 0)
            + (waiter.isHeldBack() ? HELD_BACK : 0);
    heldBack += waiter.isHeldBack() ? 1 : 0;
    waiter.place = beginOf(kind) + waiter.order();
    byKind.put(waiter.place, waiter);
  }

  private static long beginOf(int kind) {
    return (long) kind << BITS_OF_ORDER;
  }

  DepartureRate rate() {
    return rate;
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
   * @param holding who may have one lease more: a set of {@link Held}
   * @param mayConnect whether it may be replaced by one of another key
   */
  @Nullable Waiter nextToLend(Slot slot, int holding, boolean mayConnect) {
    return isOfUseToAll(mayConnect)
        ? first(holding, 0)
        : firstWithUse(slot, holding, mayConnect, false);
  }

  /**
   * The first who may be told of that free connection and has not been told of one yet.
   *
   * @param holding who may have one lease more: a set of {@link Held}
   * @param mayConnect whether it may be replaced by one of another key
   */
  @Nullable Waiter nextToSignal(Slot slot, int holding, boolean mayConnect) {
    return isOfUseToAll(mayConnect)
        ? first(holding, SIGNALLED)
        : firstWithUse(slot, holding, mayConnect, true);
  }

  /** As nearly always: nobody has to be passed over because connects fail. */
  private boolean isOfUseToAll(boolean mayConnect) {
    return mayConnect && heldBack == 0;
  }

  private @Nullable Waiter firstWithUse(
      Slot slot, int holding, boolean mayConnect, boolean unsignalled) {
    for (Waiter waiter : waiters) {
      boolean ready = !(unsignalled && waiter.isSignalled()) && waiter.held().isIn(holding);
      if (ready
          && ((mayConnect && !waiter.isHeldBack()) || slot.isFor(waiter.key(), waiter.origin()))) {
        return waiter;
      }
    }
    return null;
  }

  /**
   * The first for whom the tenant may have one more connection: not one who has a free one
   * promised, nor one who awaits the end of a reset, nor one who may not connect yet. Those who
   * hold many come last.
   *
   * @param holding who may have one connection more: a set of {@link Held}
   * @param resetting whether a session is being reset, for which one can wait
   */
  @Nullable Waiter nextToGrow(int holding, boolean resetting) {
    int without = HELD_BACK + SIGNALLED + (resetting ? PATIENT : 0);
    Waiter next = first(holding & ~Held.MANY.bit(), without);
    return next == null ? first(holding & Held.MANY.bit(), without) : next;
  }

  /** The first of the kinds that hold what is in the set, and have nothing of {@code without}. */
  private @Nullable Waiter first(int holding, int without) {
    Waiter first = null;
    for (int kind = 0; kind < KINDS; kind++) {
      int held = kind & HELD;
      if (held < HELDS.length && HELDS[held].isIn(holding) && (kind & without) == 0) {
        Map.Entry<Long, Waiter> entry = byKind.ceilingEntry(beginOf(kind));
        boolean there = entry != null && entry.getKey() >> BITS_OF_ORDER == kind;
        if (there && (first == null || entry.getValue().order() < first.order())) {
          first = entry.getValue();
        }
      }
    }
    return first;
  }

  /** See {@link LedgerRepair}. */
  void recount() {
    byKind.clear();
    heldBack = 0;
    waiters.forEach(this::put);
  }
}
