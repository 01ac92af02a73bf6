package io.tenantpool.pool;

import io.tenantpool.connection.Custody;
import io.tenantpool.connection.PhysicalConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * The one place where a slot is given up whose owner cannot take it to its lease or to its close:
 * whatever the driver threw, whatever was left of stack and memory. By the owner at once, in a
 * {@code finally}; where that fails too the owner says by the write of a field that it has left,
 * and the housekeeper does it in its next round.
 */
final class Recovery {

  private final ServerPool pool;
  private final LockedLedger books;
  private final Custody custody;

  Recovery(ServerPool pool) {
    this.pool = pool;
    this.books = pool.books();
    this.custody = pool.custody();
  }

  /** What was left since the last call is given up; costs a look or two when nothing was. */
  void run() {
    if (books.isTorn) {
      books.step(
          ledger -> {
            ledger.abandonment().repair(pool.ticker().nanos());
            books.isTorn = false;
          });
      pool.herald()
          .failed(
              "a step under the lock was broken off; all was counted anew",
              new IllegalStateException("nobody knows how far it came"));
    }
    if (!custody.isLeft) {
      return;
    }
    custody.isLeft = false;
    boolean done = false;
    try {
      List<Slot> left = new ArrayList<>();
      books.step(ledger -> ledger.abandonment().collect(left, pool.ticker().nanos()));
      for (Slot slot : left) {
        giveUp(slot);
      }
      done = true;
    } finally {
      if (!done) {
        custody.isLeft = true;
      }
    }
  }

  /**
   * Gives up a slot that the calling thread owns, or that nobody has: its socket is closed, its
   * permit goes to the next. Nothing to do where that has been done.
   */
  void giveUp(Slot abandoned) {
    Slot slot = abandoned;
    int tenure = slot.tenure;
    boolean done = false;
    try {
      Slot mine =
          books.slot(ledger -> ledger.abandonment().adopt(abandoned, pool.ticker().nanos()));
      if (mine != null) {
        slot = mine;
        tenure = slot.tenure;
        if (slot.state() == SlotState.OPENING) {
          endOpening(slot);
        } else {
          pool.cleaning().close(slot);
        }
      }
      done = true;
    } finally {
      if (!done) {
        slot.leftBy = tenure;
        custody.isLeft = true;
      }
    }
    pool.worker().wake();
  }

  /** Leaves the line for a thread that ends its wait in an error, with what it may have got. */
  void leave(Waiter waiter) {
    Slot granted = books.slot(ledger -> ledger.queueing().abandon(waiter, pool.ticker().nanos()));
    if (granted != null) {
      giveUp(granted);
    }
  }

  private void endOpening(Slot slot) {
    Slot victim = slot.victim();
    if (victim != null) {
      pool.io().close(victim);
      books.step(ledger -> ledger.book().victimClosed(slot));
      pool.io().tellClosed(victim);
    }
    PhysicalConnection unclaimed = slot.unclaimed;
    if (unclaimed != null) {
      pool.io().close(unclaimed);
    }
    books.step(ledger -> ledger.connects().abandoned(slot, pool.ticker().nanos()));
  }
}
