package io.tenantpool.pool;

import io.tenantpool.connection.Custody;

/**
 * What there is to do for one server's {@link ResetWorker}: sessions to be reset after their lease,
 * sockets to be closed for which nobody waits. One thing at a time, on the thread that asks; a
 * thread that must not leave it to the worker may ask, too.
 */
final class Cleaning implements ResetWorker.Work {

  private final LockedLedger books;
  private final SessionIo io;
  private final Ticker ticker;
  private final Custody custody;

  Cleaning(LockedLedger books, SessionIo io, Ticker ticker, Custody custody) {
    this.custody = custody;
    this.books = books;
    this.io = io;
    this.ticker = ticker;
  }

  /**
   * Resets one session or closes one socket; false when there was nothing to do. A slot whose work
   * ends in a throwable, whatever it is, is left to {@link Recovery}: its connection is closed,
   * since nobody knows how far the reset came.
   */
  @Override
  public boolean work() {
    Slot slot = books.slot(ledger -> ledger.book().nextWork(ticker.nanos()));
    if (slot == null) {
      return false;
    }
    boolean done = false;
    int tenure = slot.tenure;
    try {
      work(slot);
      done = true;
    } finally {
      if (!done) {
        slot.leftBy = tenure;
        custody.isLeft = true;
      }
    }
    return true;
  }

  private void work(Slot slot) {
    if (slot.state() == SlotState.RESETTING) {
      long clean = io.reset(slot, ticker.nanos());
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
    boolean done = false;
    int tenure = slot.tenure;
    try {
      io.close(slot);
      books.step(ledger -> ledger.closed(slot));
      done = true;
    } finally {
      if (!done) {
        slot.leftBy = tenure;
        custody.isLeft = true;
      }
    }
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
