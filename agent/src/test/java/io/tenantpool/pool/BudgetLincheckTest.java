package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.routing.PoolKey;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Randomised schedules (Lincheck) of borrow, return, time-out and close over ledger, budget and
 * waiting line behind their lock, with the real {@link Waiter}: every history must be one that
 * {@link Permits}, a counter, could have had. A permit that is lost or given twice shows as a
 * borrow that fails or succeeds when the counter says otherwise; so does a session that somebody of
 * another origin left something in.
 */
@Tag("schedules")
@Param(name = "tenant", gen = IntGen.class, conf = "0:2")
@Param(name = "origin", gen = IntGen.class, conf = "0:2")
public class BudgetLincheckTest {

  private static final int BUDGET = 2;
  private static final List<Origin> ORIGINS = List.of(new Origin("one"), new Origin("two"));

  private final ReentrantLock lock = new ReentrantLock();
  private final StubServer server = new StubServer();
  private final PoolLimits limits = TestLimits.of(BUDGET, 0, BUDGET);
  private final ServerLedger ledger = new ServerLedger(limits, new Outbox());
  private final ServerPool unused =
      new ServerPool("db:5432", limits, Ticker.system(), new PoolListener() {});
  private final List<Slot> leased = new ArrayList<>();
  private final List<Borrower> waiting = new ArrayList<>();

  /** Borrows; gives up after one look when it has to wait: two steps under the lock then. */
  @Operation
  public boolean borrow(@Param(name = "tenant") int number, @Param(name = "origin") int dice) {
    Origin origin = dice == 2 ? null : ORIGINS.get(dice);
    Route.Pooled route = TestRoutes.route("t" + number);
    PoolKey key = route.key();
    Thread thread = new Thread();
    Borrower borrower;
    lock.lock();
    try {
      TenantPool tenant = ledger.tenants().named(route.tenant(), false, 1);
      // Nobody overtakes a waiter of its own tenant here: one that was called would give up for it,
      // and the counter knows of no call. WaitingOrderTest has that.
      Slot slot = tenant.hasWaiters() ? null : ledger.take(tenant, key, origin, thread, 1);
      if (slot != null) {
        return lend(slot, origin, thread);
      }
      Waiter waiter = ledger.queueing().enqueue(tenant, key, origin, thread, 1, 1);
      borrower = new Borrower(waiter, origin, thread);
      waiting.add(borrower);
    } finally {
      lock.unlock();
    }
    lock.lock();
    try {
      look(borrower);
      waiting.remove(borrower);
      Slot late = borrower.done ? null : ledger.queueing().abandon(borrower.waiter, 1);
      return late == null ? borrower.got : lend(late, origin, thread);
    } finally {
      lock.unlock();
    }
  }

  private void look(Borrower borrower) {
    Slot slot =
        !borrower.done && borrower.waiter.isCalled()
            ? ledger.queueing().retry(borrower.waiter, 1)
            : null;
    if (slot != null) {
      borrower.done = true;
      borrower.got = lend(slot, borrower.origin, borrower.thread);
    }
  }

  private boolean lend(Slot slot, @Nullable Origin origin, Thread thread) {
    if (slot.state() == SlotState.OPENING) {
      ledger.book().victimClosed(slot);
      ledger.connects().opened(slot, server.physical(), 1, 1);
    } else if (slot.state() == SlotState.RESETTING) {
      reset(slot.physical());
    }
    boolean own = LedgerScene.physical(slot).use(origin);
    ledger.lend(slot, new PooledLease(unused, slot, slot.physical(), thread), 1, 1, true);
    leased.add(slot);
    return own;
  }

  private static void reset(PhysicalConnection physical) {
    try {
      physical.reset();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the oldest lease, broken or not. */
  @Operation
  public boolean giveBack(@Param(name = "tenant") int dice) {
    lock.lock();
    try {
      if (leased.isEmpty()) {
        // What a waiter was granted counts already, though its thread has not looked yet.
        waiting.forEach(this::look);
      }
      if (leased.isEmpty()) {
        return false;
      }
      ledger.returned(leased.remove(0), dice == 0 ? EvictionCause.BROKEN : null, 2);
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Test
  void historiesAreThoseOfACounter() {
    new StressOptions()
        .iterations(10)
        .invocationsPerIteration(200)
        .threads(3)
        .actorsPerThread(3)
        .sequentialSpecification(Permits.class)
        .check(BudgetLincheckTest.class);
  }

  /** One that stands in the line. */
  private static final class Borrower {

    final Waiter waiter;
    final @Nullable Origin origin;
    final Thread thread;
    boolean done;
    boolean got;

    Borrower(Waiter waiter, @Nullable Origin origin, Thread thread) {
      this.waiter = waiter;
      this.origin = origin;
      this.thread = thread;
    }
  }

  /** The specification: so many leases at once, and no more. */
  public static final class Permits {

    private int used;

    public boolean borrow(int tenant, int origin) {
      if (used == BUDGET) {
        return false;
      }
      used++;
      return true;
    }

    public boolean giveBack(int dice) {
      if (used == 0) {
        return false;
      }
      used--;
      return true;
    }
  }
}
