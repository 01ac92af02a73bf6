package io.tenantpool.pool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Connects that the server does not answer, so that those of some tenants never take what the
 * others need. A connect is <i>unanswered</i> once it takes longer than the server's patience: a
 * multiple of what connects cost there. Its tenant is then known not to be answered, until one of
 * its connects is. Behind one host and port may be many servers, a pooler's, so one tenant says
 * nothing about another.
 *
 * <ol>
 *   <li>A tenant that is known not to be answered begins no connect while it has one of which
 *       nobody can tell yet, and all such tenants together hold half of the budget, one permit at
 *       least. Their other borrowers are <i>held</i>: they wait, and nobody waits behind them.
 *   <li>Connects above that, which were begun before it was known, end one after another for the
 *       sake of waiters whose own tenants are answered as far as is known: not more at once than
 *       there are such tenants.
 *   <li>One that is unanswered for twice the patience ends for the sake of a held waiter: a server
 *       that answers again answers new connects, and not those that it has never seen.
 *   <li>The oldest of all is spared as long as there is another one: where a server has only become
 *       slow, it succeeds, and the patience follows.
 * </ol>
 *
 * The borrower of a connect that was ended goes back to the line with what is left of its time.
 *
 * <p>Not thread-safe: the server's lock guards it.
 */
final class Unanswered {

  /** No connect is unanswered before. */
  static final long SHORTEST_PATIENCE_NANOS = 250_000_000;

  /** While nobody knows what a connect costs here. */
  private static final long FIRST_PATIENCE_NANOS = 1_000_000_000;

  private static final int CONNECTS_OF_PATIENCE = 10;

  /** The class of SQLStates with which a driver says that nobody answers. */
  private static final String NO_CONNECTION = "08";

  /** How long it is known of a tenant that does not try any more. */
  private static final long REMEMBERED_NANOS = 60_000_000_000L;

  private final SlotBook book;
  private final WaitingLine line;
  private final Dispatcher dispatcher;
  private final ConnectCost cost;

  /** The tenants of which it is known, and when it was last so. */
  private final Map<TenantPool, Long> tenants = new LinkedHashMap<>();

  /** Connects that are unanswered, the longest first. */
  private final Set<Slot> slots = new LinkedHashSet<>();

  /** Those of them that are about to end for somebody else's sake. */
  private final Set<Slot> yielding = new HashSet<>();

  /** Connects under way of those tenants, answered or not. */
  private int connecting;

  /** How many that may be. */
  private int places = 1;

  Unanswered(SlotBook book, WaitingLine line, Dispatcher dispatcher, ConnectCost cost) {
    this.book = book;
    this.line = line;
    this.dispatcher = dispatcher;
    this.cost = cost;
  }

  private long patienceNanos() {
    return cost.isMeasured()
        ? Math.max(SHORTEST_PATIENCE_NANOS, CONNECTS_OF_PATIENCE * cost.nanos())
        : FIRST_PATIENCE_NANOS;
  }

  /** Connects that are unanswered now. */
  int count() {
    return slots.size();
  }

  /** Whether the tenant, of which it is known, may not begin a connect just now. */
  boolean isHeld(TenantPool tenant) {
    if (isFull()) {
      return true;
    }
    int known = 0;
    for (Slot slot : tenant.slots()) {
      known += slots.contains(slot) ? 1 : 0;
    }
    return tenant.counters().connecting > known;
  }

  private boolean isFull() {
    return connecting >= places;
  }

  /**
   * Looks at a connect that has been under way for so long.
   *
   * @return whether it is to be ended now, for a waiter's sake
   */
  boolean mustYield(Slot slot, long elapsed, long now) {
    if (slot.state() != SlotState.OPENING || elapsed < patienceNanos()) {
      return false;
    }
    if (slots.add(slot)) {
      know(slot.tenant(), now);
      line.refresh(slot.tenant());
      // There may be more places since the budget was changed.
      dispatcher.serveLine();
    }
    boolean yields =
        isNext(slot)
            && ((connecting > book.budget().budget() / 2 && yielding.size() < starving(now))
                || (elapsed >= 2 * patienceNanos() && yielding.isEmpty() && isWantedByHeld(slot)));
    if (yields) {
      yielding.add(slot);
    }
    return yields;
  }

  /** The first that is to end, if one is: the oldest but for one. */
  private boolean isNext(Slot slot) {
    boolean spared = slots.size() == 1;
    for (Slot each : slots) {
      if (!spared) {
        spared = true;
      } else if (!yielding.contains(each)) {
        return each == slot;
      }
    }
    return false;
  }

  /** Whether a tenant has held waiters who may have the place of that connect. */
  private boolean isWantedByHeld(Slot slot) {
    for (TenantPool tenant : tenants.keySet()) {
      if (tenant.hasWaiters()
          && tenant.candidate == null
          && (tenant == slot.tenant() || !tenant.isAtLimit())) {
        return slots.size() > 1;
      }
    }
    return false;
  }

  /** Tenants that wait in vain for a permit, and are answered as far as is known. */
  private int starving(long now) {
    int count = 0;
    for (Waiter waiter : line.candidates()) {
      boolean known = tenants.containsKey(waiter.tenant());
      count += !known && now - waiter.since() >= cost.quantumNanos() ? 1 : 0;
    }
    return count;
  }

  private void know(TenantPool tenant, long now) {
    if (tenants.put(tenant, now) == null) {
      tenant.unanswered(this);
      count(tenant.counters().connecting);
      line.refresh(tenant);
    }
  }

  private boolean forget(TenantPool tenant) {
    boolean known = tenants.remove(tenant) != null;
    if (known) {
      tenant.unanswered(null);
      count(-tenant.counters().connecting);
      line.refresh(tenant);
    }
    return known;
  }

  /** A tenant of which it is known begins a connect. */
  void began() {
    count(1);
  }

  /** A connect of a tenant of which it is known is over. */
  void over() {
    count(-1);
  }

  /** See {@link LedgerRepair}. */
  void recount(int underWay) {
    count(underWay - connecting);
  }

  private void count(int change) {
    boolean wasFull = isFull();
    connecting += change;
    places = Math.max(1, book.budget().budget() / 2);
    if (wasFull != isFull()) {
      tenants.keySet().forEach(line::refresh);
    }
  }

  /** A connect of the slot was answered: by a session, or by a refusal. */
  void answered(Slot slot) {
    forget(slot);
    if (forget(slot.tenant())) {
      dispatcher.serveLine();
    }
  }

  /** A connect of the slot has failed. Whoever calls serves the line. */
  void failed(Slot slot, Throwable failure, long now) {
    if (slots.contains(slot) && isSilence(failure)) {
      ended(slot, now);
    } else {
      forget(slot);
      forget(slot.tenant());
    }
  }

  /** The agent has ended a connect of the slot, or not begun it. Whoever calls serves the line. */
  void ended(Slot slot, long now) {
    boolean late = slots.contains(slot);
    forget(slot);
    if (late) {
      know(slot.tenant(), now);
    }
  }

  private static boolean isSilence(Throwable failure) {
    String state = failure instanceof SQLException refusal ? refusal.getSQLState() : null;
    return state == null || state.startsWith(NO_CONNECTION);
  }

  private void forget(Slot slot) {
    slots.remove(slot);
    yielding.remove(slot);
  }

  /** Forgets tenants that have not tried for a while. */
  void tidyUp(Tenants all, long now) {
    List<TenantPool> old = new ArrayList<>();
    tenants.forEach(
        (tenant, since) -> {
          if (tenant.counters().connecting == 0 && now - since >= REMEMBERED_NANOS) {
            old.add(tenant);
          }
        });
    for (TenantPool tenant : old) {
      forget(tenant);
      all.goneDormant(tenant);
    }
    if (!old.isEmpty()) {
      dispatcher.serveLine();
    }
  }
}
