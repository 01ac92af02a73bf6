package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The invariants of {@link ServerLedger}: counts again what a ledger claims, from its slots and
 * from what those know who use it.
 */
final class LedgerRecount {

  private final ServerLedger ledger;
  private final List<Slot> owned;
  private final List<Slot> active;
  private final List<Slot> atWorker;
  private final List<Waiter> waiters;
  private boolean lowered;
  private int usedBefore;

  /**
   * Of a ledger whose users note in these lists what is theirs: slots on the way to a lease,
   * leased, in the worker's hands, and who waits.
   */
  LedgerRecount(
      ServerLedger ledger,
      List<Slot> owned,
      List<Slot> active,
      List<Slot> atWorker,
      List<Waiter> waiters) {
    this.ledger = ledger;
    this.owned = owned;
    this.active = active;
    this.atWorker = atWorker;
    this.waiters = waiters;
  }

  /** From now on more may be in use than the budget allows, but never more than before. */
  void budgetLowered() {
    lowered = true;
  }

  /** What stays above a lowered cap is owned by somebody. */
  void assertNothingFreeAbove() {
    for (Slot slot : ledger.book().slots()) {
      boolean above = ledger.book().isOneTooMany(slot.tenant().isSystem());
      assertTrue(!above || !slot.isReady(), "a free connection above the budget");
    }
  }

  void check() {
    ConnectionBudget budget = ledger.book().budget();
    int permits = 0;
    for (Slot slot : ledger.book().slots()) {
      assertTrue(slot.state() != SlotState.CLOSED, "a closed slot is kept");
      permits += slot.victim() == null ? 1 : 0;
      if (slot.state() == SlotState.IDLE) {
        assertSame(slot.physical().origin(), slot.keptFor(), "for whom a session is kept");
      }
    }
    assertEquals(permits, budget.used(), "permits in use");
    assertEquals(count(Slot::isUsable), ledger.book().usable(), "slots that are to stay");
    long cleaning = atWorker.stream().filter(s -> s.state() == SlotState.RESETTING).count();
    assertEquals(count(Slot::isReady) + cleaning, ledger.book().idle(), "idle");
    assertTrue(budget.used() <= Math.max(budget.budget(), lowered ? usedBefore : 0), "budget");
    usedBefore = budget.used();
    assertEquals(active.size(), ledger.book().counters().active, "active");
    long ungranted = waiters.stream().filter(waiter -> waiter.granted() == null).count();
    assertEquals(ungranted, ledger.book().counters().waiting, "waiting");
    recountOrder();
    int live = 0;
    for (TenantPool tenant : ledger.tenants().all()) {
      recount(tenant);
      live += tenant.isLive() ? 1 : 0;
    }
    assertEquals(live, ledger.tenants().live(), "live tenants");
    for (Waiter waiter : waiters) {
      assertUnservable(waiter);
    }
  }

  private long count(Predicate<Slot> which) {
    return ledger.book().slots().stream().filter(which).count();
  }

  /** The victim of a lowered budget: looked for among all, as the order says that it keeps them. */
  private void recountOrder() {
    for (boolean system : new boolean[] {false, true}) {
      TenantPool first = null;
      TenantPool spare = null;
      for (TenantPool tenant : ledger.tenants().all()) {
        if (tenant.isSystem() == system && tenant.hasReady()) {
          first = isEarlier(tenant, first) ? tenant : first;
          boolean fits = tenant.spare() > 0 && tenant.stalestUnremembered() != null;
          spare = fits && isEarlier(tenant, spare) ? tenant : spare;
        }
      }
      assertSame(first, ledger.book().lru().free(!system, system), "least recently used");
      assertSame(spare, ledger.book().lru().spare(!system, system, false), "the next victim");
    }
  }

  private static boolean isEarlier(TenantPool tenant, @Nullable TenantPool than) {
    return than == null || tenant.lastReturn() < than.lastReturn();
  }

  /** What a line says of who is next, from a look at each waiter. */
  private static void recountLine(TenantPool tenant) {
    boolean mayGrow = tenant.mayGrow();
    Waiter grows = null;
    Waiter signals = null;
    boolean mayLend = tenant.lent() + tenant.signalled() < tenant.limit();
    for (Waiter waiter : tenant.waiters()) {
      boolean awaitsReset = waiter.isPatient() && tenant.resetting() > 0;
      if (!waiter.isSignalled()) {
        boolean fits = !awaitsReset && (mayGrow || waiter.isNested());
        grows = grows == null && fits ? waiter : grows;
        signals = signals == null && (mayLend || waiter.isNested()) ? waiter : signals;
      }
    }
    assertSame(grows, tenant.nextToGrow(), "who is next to have a connection more");
    assertSame(grows, tenant.candidate, "the candidate");
    assertSame(signals, tenant.nextToSignal(), "who is next to be told");
  }

  private void recount(TenantPool tenant) {
    recountLine(tenant);
    long usable = tenant.slots().stream().filter(Slot::isUsable).count();
    long ready = tenant.slots().stream().filter(Slot::isReady).count();
    long lent = owned.stream().filter(slot -> slot.tenant() == tenant).count();
    lent += active.stream().filter(slot -> slot.tenant() == tenant).count();
    lent += waiters.stream().filter(w -> w.tenant() == tenant && w.granted() != null).count();
    long cleaning =
        atWorker.stream()
            .filter(slot -> slot.tenant() == tenant && slot.state() == SlotState.RESETTING)
            .count();
    long signalled = tenant.waiters().stream().filter(Waiter::isSignalled).count();
    assertEquals(usable, tenant.usable(), "usable");
    assertEquals(lent, tenant.lent(), "lent");
    assertEquals(ready, tenant.ready().size(), "ready");
    assertEquals(cleaning, tenant.resetting(), "resetting");
    assertEquals(signalled, tenant.signalled(), "signalled");
  }

  /** Invariant 4 of the ledger: who waits without a signal could not be served now. */
  private void assertUnservable(Waiter waiter) {
    TenantPool tenant = waiter.tenant();
    if (waiter.granted() != null || waiter.isSignalled() || ledger.book().isClosed()) {
      assertTrue(waiter.isCalled(), "a waiter with news was not called");
      return;
    }
    boolean mayLend = tenant.lent() + tenant.signalled() < tenant.limit() || waiter.isNested();
    assertTrue(!mayLend || tenant.spare() <= 0, () -> "spare of its own for " + tenant.name());
    boolean mayGrow = tenant.mayGrow() || waiter.isNested();
    if (!mayGrow || (waiter.isPatient() && tenant.resetting() > 0)) {
      return;
    }
    ConnectionBudget budget = ledger.book().budget();
    boolean permit = budget.take(tenant.isSystem());
    if (permit) {
      budget.release(tenant.isSystem());
    }
    assertTrue(!permit, "a free permit while " + tenant.name() + " waits");
    for (Slot slot : ledger.book().slots()) {
      boolean mayPass = budget.canPass(slot.tenant().isSystem(), tenant.isSystem());
      boolean takeable =
          slot.state() == SlotState.DOOMED
              || (slot.isReady() && slot.tenant().spare() > 0 && slot.tenant() != tenant);
      assertTrue(!mayPass || !takeable, () -> slot.state() + " while " + tenant.name() + " waits");
    }
  }
}
