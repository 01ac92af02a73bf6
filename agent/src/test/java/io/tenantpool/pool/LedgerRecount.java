package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The invariants of {@link ServerLedger}: counts again what a ledger claims, from its slots and
 * from what those know who use it.
 */
final class LedgerRecount {

  /** What those know who use a ledger. */
  interface Users {

    /** How many leases there are. */
    int leased();

    /** How many slots of the tenant have a borrower: on the way to a lease, granted, or leased. */
    long lent(TenantPool tenant);

    /** How many sessions of the tenant the worker makes clean. */
    long cleaning(TenantPool tenant);

    /** Who waits, or was granted something and has not come for it yet. */
    Collection<Waiter> waiters();
  }

  private final ServerLedger ledger;
  private final Users users;
  private boolean lowered;
  private int usedBefore;
  private int ordinaryBefore;

  LedgerRecount(ServerLedger ledger, Users users) {
    this.ledger = ledger;
    this.users = users;
  }

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
    this(ledger, new Lists(owned, active, atWorker, waiters));
  }

  private record Lists(
      List<Slot> owned, List<Slot> active, List<Slot> atWorker, List<Waiter> waiters)
      implements Users {

    @Override
    public int leased() {
      return active.size();
    }

    @Override
    public long lent(TenantPool tenant) {
      long lent = owned.stream().filter(slot -> slot.tenant() == tenant).count();
      lent += active.stream().filter(slot -> slot.tenant() == tenant).count();
      return lent
          + waiters.stream().filter(w -> w.tenant() == tenant && w.granted() != null).count();
    }

    @Override
    public long cleaning(TenantPool tenant) {
      return atWorker.stream()
          .filter(slot -> slot.tenant() == tenant && slot.state() == SlotState.RESETTING)
          .count();
    }
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
    long cleaning = 0;
    int lent = 0;
    int lentToSystem = 0;
    for (TenantPool tenant : ledger.tenants().all()) {
      cleaning += users.cleaning(tenant);
      lent += tenant.isSystem() ? 0 : users.lent(tenant);
      lentToSystem += tenant.isSystem() ? users.lent(tenant) : 0;
    }
    assertEquals(lent, ledger.tenants().lastLease().lent(false), "lent to ordinary tenants");
    assertEquals(lentToSystem, ledger.tenants().lastLease().lent(true), "lent to system tenants");
    assertEquals(count(Slot::isReady) + cleaning, ledger.book().idle(), "idle");
    assertTrue(budget.used() <= Math.max(budget.budget(), lowered ? usedBefore : 0), "budget");
    usedBefore = budget.used();
    int ordinary = ordinary();
    assertTrue(
        ordinary <= Math.max(budget.ordinaryBudget(), lowered ? ordinaryBefore : 0),
        "what is reserved for system tenants");
    ordinaryBefore = ordinary;
    assertEquals(users.leased(), ledger.book().counters().active, "active");
    long ungranted = 0;
    for (Waiter waiter : users.waiters()) {
      ungranted += waiter.granted() == null && waiter.refusal() == null ? 1 : 0;
    }
    assertEquals(ungranted, ledger.book().counters().waiting, "waiting");
    assertEquals(connecting(ledger.book().slots()), ledger.book().counters().connecting);
    recountOrder();
    int live = 0;
    for (TenantPool tenant : ledger.tenants().all()) {
      recount(tenant);
      live += tenant.isLive() ? 1 : 0;
    }
    assertEquals(live, ledger.tenants().live(), "live tenants");
    for (Waiter waiter : users.waiters()) {
      assertUnservable(waiter);
    }
  }

  private static long connecting(Collection<Slot> slots) {
    return slots.stream().filter(slot -> slot.state() == SlotState.OPENING).count();
  }

  /** How many permits ordinary tenants have, or are to inherit. */
  private int ordinary() {
    int ordinary = 0;
    Set<Slot> victims = new HashSet<>();
    for (Slot slot : ledger.book().slots()) {
      ordinary += slot.tenant().isSystem() ? 0 : 1;
      Slot victim = slot.victim();
      if (victim != null && victims.add(victim)) {
        ordinary -= victim.tenant().isSystem() ? 0 : 1;
      }
    }
    return ordinary;
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
      assertSame(first, ledger.book().victims().free(!system, system), "the first victim");
      assertSame(spare, ledger.book().victims().spare(!system, system, false), "the next victim");
    }
  }

  private boolean isEarlier(TenantPool tenant, @Nullable TenantPool than) {
    if (than == null) {
      return true;
    }
    return ledger.book().victims().isInFrequency()
            && tenant.frequencyInPlace != than.frequencyInPlace
        ? tenant.frequencyInPlace < than.frequencyInPlace
        : tenant.lastReturn() < than.lastReturn();
  }

  /** What a line says of who is next, from a look at each waiter. */
  private static void recountLine(TenantPool tenant) {
    boolean mayGrow = tenant.mayGrow();
    Waiter grows = null;
    for (Waiter waiter : tenant.waiters()) {
      boolean awaitsReset = waiter.isPatient() && tenant.resetting() > 0;
      if (!waiter.isSignalled()) {
        boolean fits = !awaitsReset && !waiter.isHeldBack() && (mayGrow || waiter.isNested());
        boolean isBetter =
            grows == null || (grows.held() == Held.MANY && waiter.held() != Held.MANY);
        grows = fits && isBetter ? waiter : grows;
      }
    }
    assertSame(grows, tenant.nextToGrow(), "who is next to have a connection more");
    assertSame(grows, tenant.candidate, "the candidate");
  }

  private void recount(TenantPool tenant) {
    recountLine(tenant);
    assertEquals(connecting(tenant.slots()), tenant.counters().connecting, "connecting");
    int usable = 0;
    int ready = 0;
    for (Slot slot : tenant.slots()) {
      usable += slot.isUsable() ? 1 : 0;
      ready += slot.isReady() ? 1 : 0;
    }
    int signalled = 0;
    for (Waiter waiter : tenant.waiters()) {
      signalled += waiter.isSignalled() ? 1 : 0;
    }
    assertEquals(usable, tenant.usable(), "usable");
    assertEquals(users.lent(tenant), tenant.lent(), "lent");
    assertEquals(ready, tenant.ready().size(), "ready");
    assertEquals(users.cleaning(tenant), tenant.resetting(), "resetting");
    assertEquals(signalled, tenant.signalled(), "signalled");
  }

  /** Whether one of its tenant looks at the gate soon, or one that looks for all is due. */
  private boolean mayLook(Waiter waiter) {
    long now = ledger.gate().now();
    return users.waiters().stream()
        .anyMatch(w -> w.looks() && (w.tenant() == waiter.tenant() || w.looksAt() - now <= 0));
  }

  /**
   * Somebody looks at the gate no later than it may open for a waiter that could be served then.
   */
  private void assertLookedAt(long moment, Waiter waiter) {
    boolean itself = waiter.looks() && waiter.looksAt() - moment <= 0;
    boolean other =
        users.waiters().stream().anyMatch(each -> each.looks() && each.looksAt() - moment <= 0);
    // One that is not held back yet is found, and looks then, when the one before it is served.
    boolean itsOwn = ledger.gate().keyWaitNanos(waiter.key()) > 0 && waiter.isHeldBack();
    assertTrue(
        itself || (other && !itsOwn) || !isServable(waiter),
        () -> "nobody looks at the gate for " + waiter.tenant().name() + ": " + described());
  }

  /**
   * What is idle time alone gives to one that has connections already, when it is next of all: it
   * looks when the moment has come.
   */
  private void assertLooksInTime(Waiter waiter) {
    TenantPool tenant = waiter.tenant();
    long now = ledger.gate().now();
    if (next() != waiter
        || !tenant.mayUse(waiter.held(), now - waiter.since())
        || ledger.book().slots().stream().noneMatch(slot -> isTakeable(slot, tenant))) {
      return;
    }
    long connect = ledger.connectCost().nanos();
    long due =
        tenant.hasItsShare()
            ? now + SharingPolicy.CHOSEN.unwantedInConnects() * connect
            : waiter.since() + SharingPolicy.CHOSEN.waitInConnects() * connect;
    long latest = due - now > 0 ? due : now;
    assertTrue(
        waiter.looks() && waiter.looksAt() - latest <= 0,
        () -> "nobody looks in time for " + tenant.name() + ", by " + latest + ": " + described());
  }

  /** The candidate that is next of all. */
  private @Nullable Waiter next() {
    Waiter next = null;
    for (Waiter waiter : users.waiters()) {
      if (waiter.tenant().candidate == waiter
          && waiter.tenant().mayGrowFor(waiter)
          && (next == null || WaitingLine.TURNS.compare(waiter, next) < 0)) {
        next = waiter;
      }
    }
    return next;
  }

  private boolean isTakeable(Slot slot, TenantPool by) {
    return ledger.book().budget().canPass(slot.tenant().isSystem(), by.isSystem())
        && slot.isReady()
        && slot.tenant().spare() > 0
        && slot.tenant() != by;
  }

  /** Whether whoever is next is kept from the last permit, so that nobody behind it is asked. */
  private boolean isBehindAnother(Waiter waiter) {
    Waiter candidate = waiter.tenant().candidate;
    for (Waiter other : users.waiters()) {
      TenantPool tenant = other.tenant();
      long waited = ledger.gate().now() - other.since();
      if (candidate != null
          && tenant.candidate == other
          && !tenant.mayOpen(other.held(), waited)
          && WaitingLine.TURNS.compare(other, candidate) <= 0) {
        return true;
      }
    }
    return false;
  }

  private String described() {
    StringBuilder text = new StringBuilder();
    text.append("now ").append(ledger.gate().now());
    text.append(", permits ").append(ledger.book().budget().used());
    text.append(" of ").append(ledger.book().budget().budget());
    for (Slot slot : ledger.book().slots()) {
      text.append(", ").append(slot.tenant().name()).append(' ').append(slot.state());
    }
    for (Waiter each : users.waiters()) {
      TenantPool tenant = each.tenant();
      text.append("; ").append(tenant.name()).append(" waits since ").append(each.since());
      text.append(tenant.candidate == each ? ", the candidate" : "");
      text.append(each.isNested() ? ", nested" : "").append(each.isHeldBack() ? ", held back" : "");
      text.append(each.isPatient() ? ", patient" : "").append(", rank ").append(each.rank);
      text.append(each.looks() ? ", looks at " + each.looksAt() : "");
      text.append(each.isSignalled() ? ", signalled" : "").append(", ").append(tenant.share());
      text.append(", gate ").append(ledger.gate().waitNanos(each.key()));
      long waited = ledger.gate().now() - each.since();
      text.append(tenant.mayUse(each.held(), waited) ? ", may use" : "");
      text.append(tenant.mayOpen(each.held(), waited) ? ", may open" : "");
      text.append(tenant.mayGrowFor(each) ? ", may grow" : "");
    }
    return text.toString();
  }

  /** Whether there is a permit for it, or a connection that it could replace. */
  private boolean isServable(Waiter waiter) {
    ConnectionBudget budget = ledger.book().budget();
    TenantPool tenant = waiter.tenant();
    if (budget.take(tenant.isSystem())) {
      budget.release(tenant.isSystem());
      return true;
    }
    return ledger.book().slots().stream()
        .anyMatch(
            slot ->
                budget.canPass(slot.tenant().isSystem(), tenant.isSystem())
                    && (slot.state() == SlotState.DOOMED
                        || (slot.isReady() && slot.tenant().spare() > 0)));
  }

  /** Invariant 4 of the ledger: who waits without a signal could not be served now. */
  private void assertUnservable(Waiter waiter) {
    TenantPool tenant = waiter.tenant();
    if (waiter.granted() != null
        || waiter.refusal() != null
        || waiter.isSignalled()
        || ledger.book().isClosed()) {
      assertTrue(waiter.isCalled(), "a waiter with news was not called");
      return;
    }
    long waited = ledger.gate().now() - waiter.since();
    boolean mayLend =
        (waiter.isNested() && tenant.mayUse(waiter.held(), waited))
            || (tenant.lent() + tenant.signalled() < tenant.limit()
                && tenant.mayLend(waiter.held(), waited));
    boolean ofUse =
        ledger.gate().isFree(waiter.key())
            || tenant.ready().stream().anyMatch(s -> s.isFor(waiter.key(), waiter.origin()));
    if (mayLook(waiter)) {
      return;
    }
    assertTrue(
        !mayLend || !ofUse || tenant.spare() <= 0,
        () -> "spare of its own for " + tenant.name() + ": " + described());
    boolean mayGrow = tenant.mayGrowFor(waiter);
    if (!mayGrow || (waiter.isPatient() && tenant.resetting() > 0)) {
      return;
    }
    long shut = ledger.gate().waitNanos(waiter.key());
    if (shut > 0) {
      // Who waits for the last lease has nothing of an open gate.
      if (tenant.mayUse(waiter.held(), waited)) {
        assertLookedAt(ledger.gate().now() + shut, waiter);
      }
      return;
    }
    ConnectionBudget budget = ledger.book().budget();
    boolean permit = budget.take(tenant.isSystem());
    if (permit) {
      budget.release(tenant.isSystem());
    }
    assertTrue(
        !permit || !tenant.mayOpen(waiter.held(), waited) || isBehindAnother(waiter),
        () -> "a free permit while " + tenant.name() + " waits: " + described());
    if (!tenant.mayUse(waiter.held(), waited)) {
      return;
    }
    long full = ledger.gate().replacementWaitNanos();
    if (full > 0 && ledger.book().slots().stream().anyMatch(slot -> isTakeable(slot, tenant))) {
      assertLookedAt(ledger.gate().now() + full, waiter);
    }
    if (!tenant.isInNeed()) {
      if (full == 0) {
        assertLooksInTime(waiter);
      }
      return;
    }
    if (isBehindAnother(waiter)) {
      return;
    }
    for (Slot slot : ledger.book().slots()) {
      boolean mayPass = budget.canPass(slot.tenant().isSystem(), tenant.isSystem());
      boolean takeable =
          slot.state() == SlotState.DOOMED
              || (full == 0
                  && slot.isReady()
                  && slot.tenant().spare() > 0
                  && slot.tenant() != tenant);
      assertTrue(
          !mayPass || !takeable,
          () -> slot.state() + " while " + tenant.name() + " waits: " + described());
    }
  }
}
