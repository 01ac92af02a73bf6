package io.tenantpool.pool;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do for one server's {@link ResetWorker}: sessions to be reset after their lease,
 * sockets to be closed for which nobody waits. One thing at a time, on the thread that asks; a
 * thread that must not leave it to the worker may ask, too.
 */
final class Cleaning implements ResetWorker.Work {

  private final LockedLedger books;
  private final SessionIo io;
  private final Ticker ticker;

  /** One whose work was broken off; taken up without allocating anything. */
  private final AtomicReference<@Nullable Slot> unfinished = new AtomicReference<>();

  Cleaning(LockedLedger books, SessionIo io, Ticker ticker) {
    this.books = books;
    this.io = io;
    this.ticker = ticker;
  }

  /**
   * Resets one session or closes one socket; false when there was nothing to do. A slot whose work
   * ends in a throwable, whatever it is, is finished by the next call: its connection is closed,
   * since nobody knows how far the reset came.
   */
  @Override
  public boolean work() {
    Slot left = unfinished.getAndSet(null);
    boolean again = left != null;
    Slot slot = again ? left : books.slot(ledger -> ledger.book().nextWork(ticker.nanos()));
    if (slot == null) {
      return false;
    }
    boolean finished = false;
    try {
      finish(slot, again);
      finished = true;
    } finally {
      if (!finished) {
        unfinished.set(slot);
      }
    }
    return true;
  }

  private void finish(Slot slot, boolean again) {
    if (slot.state() == SlotState.RESETTING) {
      long clean = again ? SessionIo.FAILED : io.reset(slot, ticker.nanos());
      EvictionCause unfit = SessionIo.unfit(clean);
      if (unfit == null) {
        books.step(ledger -> ledger.cleaned(slot, clean));
        return;
      }
      books.step(ledger -> ledger.resetFailed(slot, unfit));
    }
    if (slot.state() == SlotState.CLOSING) {
      close(slot);
    }
  }

  /** Closes the socket of a slot that the calling thread owns, and gives the permit back. */
  void close(Slot slot) {
    io.close(slot);
    books.step(ledger -> ledger.closed(slot));
    io.tellClosed(slot);
  }

  @Override
  public boolean hasWork() {
    return books.ask(ledger -> ledger.book().hasWork());
  }

  /** Whether no connection is left to take care of. */
  @Override
  public boolean isEmpty() {
    return books.ask(ledger -> ledger.book().slots().isEmpty());
  }
}
