package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.simulation.SimulatedServer;
import io.tenantpool.simulation.SimulatedSession;
import io.tenantpool.simulation.SimulatedThread;
import io.tenantpool.simulation.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is true after each step: the {@link LedgerRecount}, and beyond the ledger that sockets have
 * permits, that everything has an owner, that nobody is overtaken or forgotten.
 */
final class SimulatedInvariants implements LedgerRecount.Users {

  private final World world;
  private final SimulatedServer server;
  private final SimulatedCalls calls;
  private final ServerLedger ledger;
  private final LedgerRecount recount;
  private final BooleanSupplier isWorkerIdle;
  private List<Waiter> waiting = List.of();
  private long newest;

  /** Of those, who could have had one connection more, and was to come before others. */
  private List<Turn> candidates = List.of();

  /** In which turn a candidate is, and whether its tenant's first connection is at stake. */
  private record Turn(Waiter waiter, int rank, long turn, boolean isInNeed) {

    static Turn of(Waiter waiter) {
      return new Turn(waiter, waiter.rank, waiter.turn, waiter.tenant().isInNeed());
    }

    boolean isBefore(Turn other) {
      if (rank != other.rank || turn != other.turn) {
        return rank < other.rank || (rank == other.rank && turn < other.turn);
      }
      return waiter.order() < other.waiter.order();
    }
  }

  SimulatedInvariants(
      World world,
      SimulatedServer server,
      SimulatedCalls calls,
      ServerLedger ledger,
      BooleanSupplier isWorkerIdle) {
    this.world = world;
    this.server = server;
    this.calls = calls;
    this.ledger = ledger;
    this.isWorkerIdle = isWorkerIdle;
    recount = new LedgerRecount(ledger, this);
    recount.budgetLowered();
  }

  // ---- what the recount is told

  @Override
  public int leased() {
    int leased = 0;
    for (Slot slot : ledger.book().slots()) {
      leased += slot.state() == SlotState.ACTIVE ? 1 : 0;
    }
    return leased;
  }

  @Override
  public long lent(TenantPool tenant) {
    int lent = 0;
    for (Slot slot : tenant.slots()) {
      lent += isOwned(slot) || slot.state() == SlotState.ACTIVE ? 1 : 0;
    }
    return lent - tenant.resetting();
  }

  private static boolean isOwned(Slot slot) {
    return switch (slot.state()) {
      case OPENING, TAKEN, RESETTING, VALIDATING -> true;
      default -> false;
    };
  }

  /** Only the worker knows; {@link #owners} holds it to that. */
  @Override
  public long cleaning(TenantPool tenant) {
    return tenant.resetting();
  }

  @Override
  public Collection<Waiter> waiters() {
    return waiting;
  }

  // ---- after each step

  void check() {
    List<Waiter> before = waiting;
    waiting = new ArrayList<>();
    for (TenantPool tenant : ledger.tenants().all()) {
      waiting.addAll(tenant.waiters());
    }
    recount.check();
    sockets();
    owners();
    leases();
    order(before);
    excess();
    calls.checkDeadlines();
  }

  private void sockets() {
    int used = ledger.book().budget().used();
    assertTrue(
        server.sockets() <= used, () -> server.sockets() + " sockets with " + used + " permits");
    int open = 0;
    for (Slot slot : ledger.book().slots()) {
      if (slot.wasOpened()) {
        boolean closed = session(slot).isClosed();
        open += closed ? 0 : 1;
        assertTrue(!closed || slot.state() == SlotState.CLOSING, () -> "closed: " + slot.state());
      }
    }
    int known = open;
    assertTrue(server.sockets() >= known, "a connection that the server does not know");
  }

  private static SimulatedSession session(Slot slot) {
    return (SimulatedSession) slot.physical();
  }

  /** What somebody must own is not more than there are threads that can. */
  private void owners() {
    int cleaning = 0;
    int closing = 0;
    Set<Slot> victims = new HashSet<>();
    for (Slot slot : ledger.book().slots()) {
      if (slot.victim() != null) {
        victims.add(slot.victim());
      }
    }
    for (Slot slot : ledger.book().slots()) {
      closing += slot.state() == SlotState.CLOSING && !victims.contains(slot) ? 1 : 0;
    }
    for (TenantPool tenant : ledger.tenants().all()) {
      cleaning += tenant.resetting();
      int owned = -tenant.resetting();
      for (Slot slot : tenant.slots()) {
        boolean isBeingLent = slot.state() == SlotState.ACTIVE && !calls.knows(slot.lease());
        owned += isOwned(slot) || isBeingLent ? 1 : 0;
      }
      int inside = calls.borrowing(tenant.name());
      int ownedOrAwaited = owned + tenant.waiters().size();
      assertTrue(
          ownedOrAwaited <= inside,
          () -> ownedOrAwaited + " of " + tenant.name() + " with " + inside + " borrowers");
    }
    int workers = calls.others() + (isWorkerIdle.getAsBoolean() ? 0 : 1);
    assertTrue(cleaning <= workers, "a session is being reset by nobody");
    assertTrue(
        closing == 0 || workers > 0 || !calls.borrows.isEmpty(), "nobody closes a connection");
  }

  /** What goes because the budget was lowered takes its permit along. */
  private void excess() {
    boolean exceeded = ledger.book().budget().used() > ledger.book().budget().budget();
    for (Slot slot : ledger.book().slots()) {
      Slot victim = slot.victim();
      assertTrue(
          !exceeded
              || slot.id() <= newest
              || victim == null
              || victim.tenant() == slot.tenant()
              || victim.fate() != EvictionCause.BUDGET,
          () -> "a permit above the budget passes to " + slot.tenant().name());
    }
    for (Slot slot : ledger.book().slots()) {
      newest = Math.max(newest, slot.id());
    }
  }

  /** What the application holds is its own, and is there. */
  private void leases() {
    Set<SimulatedSession> lent = new HashSet<>();
    for (PooledLease lease : calls.leases.keySet()) {
      Slot slot = lease.slot();
      assertSame(SlotState.ACTIVE, slot.state(), "a leased connection");
      assertSame(lease, slot.lease(), "whose lease");
      assertTrue(lent.add(session(slot)), "one connection lent twice");
    }
  }

  /**
   * A permit goes to the candidate whose turn it is of those who are not its owner's: a tenant
   * yields after its quantum. What tenants get that have connections already depends on time, too.
   */
  private void order(List<Waiter> before) {
    for (Waiter granted : before) {
      Slot slot = granted.granted();
      if (slot != null && slot.state() == SlotState.OPENING) {
        TenantPool owner = slot.victim() == null ? null : slot.victim().tenant();
        for (Turn earlier : owner == slot.tenant() ? List.<Turn>of() : candidates) {
          boolean isOthers = earlier.waiter().tenant() != owner;
          assertTrue(
              !isOthers || !isOvertaken(earlier, granted),
              () -> overtaken(earlier.waiter(), granted));
        }
      }
    }
    List<Turn> now = new ArrayList<>();
    for (TenantPool tenant : ledger.tenants().all()) {
      if (tenant.candidate != null && mayConnect(tenant.candidate)) {
        now.add(Turn.of(tenant.candidate));
      }
    }
    candidates = now;
  }

  /** Neither the caps nor the gate stand in its way. */
  private boolean mayConnect(Waiter waiter) {
    return waiter.tenant().mayGrowFor(waiter) && ledger.gate().waitNanos(waiter.key()) == 0;
  }

  private boolean isOvertaken(Turn earlier, Waiter granted) {
    Waiter waiter = earlier.waiter();
    Turn later = null;
    for (Turn each : candidates) {
      later = each.waiter() == granted ? each : later;
    }
    return later != null
        && earlier.isInNeed()
        && later.isInNeed()
        && !LastLease.isInNeed(granted)
        && earlier.isBefore(later)
        && waiter.tenant() != granted.tenant()
        && waiter.tenant().isSystem() == granted.tenant().isSystem()
        && waiter.granted() == null
        && waiter.tenant().candidate == waiter
        && mayConnect(waiter);
  }

  private static String overtaken(Waiter earlier, Waiter granted) {
    return "a permit went to "
        + granted.tenant().name()
        + " before "
        + earlier.tenant().name()
        + ", who has waited longer: "
        + granted.order()
        + " before "
        + earlier.order()
        + (granted.isNested() ? ", nested" : "");
  }

  // ---- when nobody can go on

  void checkIdle() {
    for (SimulatedThread thread : world.threads()) {
      Object blocker = thread.isParked() ? thread.blocker() : null;
      if (blocker instanceof Waiter waiter) {
        assertTrue(!waiter.isCalled(), () -> thread.getName() + " was called and not woken");
      }
      if (blocker instanceof ResetWorker.Work && ledger.book().hasWork()) {
        throw new AssertionError("the worker sleeps while there is work");
      }
    }
  }

  // ---- at the end

  /** Nothing that the application had asked for is under way. */
  void checkReturned() {
    assertEquals(0, ledger.book().counters().waiting, "waiters");
    assertEquals(0, ledger.book().counters().active, "leases");
    for (Slot slot : ledger.book().slots()) {
      boolean isFree = slot.isReady() || slot.state() == SlotState.DOOMED;
      boolean isAtWorker = slot.state() == SlotState.RESETTING || slot.state() == SlotState.CLOSING;
      assertTrue(isFree || isAtWorker, () -> "owned by nobody: " + slot.state());
    }
  }

  /** All permits are back. */
  @Nullable String leftOver() {
    if (ledger.book().slots().isEmpty()
        && ledger.book().budget().used() == 0
        && ledger.tenants().live() == 0
        && server.sockets() == 0) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    text.append(ledger.book().budget().used()).append(" permits, ");
    text.append(server.sockets()).append(" sockets, ");
    text.append(ledger.tenants().live()).append(" live tenants");
    ledger.book().slots().forEach(slot -> text.append(", ").append(slot.state()));
    return text.toString();
  }
}
