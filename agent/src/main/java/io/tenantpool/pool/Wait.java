package io.tenantpool.pool;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One thread's wait in the line of a server, from its place there to the slot that it is granted or
 * the exception that it gets instead. Runs on that thread.
 */
final class Wait {

  private static final long PATIENCE_NANOS = 5_000_000;

  private final ServerPool pool;
  private final LockedLedger books;
  private final Ticker ticker;
  private final Waiter waiter;
  private final long deadline;

  Wait(ServerPool pool, Waiter waiter, long deadline) {
    this.pool = pool;
    this.books = pool.books();
    this.ticker = pool.ticker();
    this.waiter = waiter;
    this.deadline = deadline;
  }

  /**
   * Waits until the waiter is granted a slot.
   *
   * @throws java.sql.SQLTransientConnectionException when the acquire timeout has passed or the
   *     thread was interrupted
   * @throws SQLException when the pool was shut down in the meantime, or pools no more
   */
  Slot untilGranted() throws SQLException {
    long patienceEnds = ticker.nanos() + PATIENCE_NANOS;
    while (true) {
      Slot slot = waiter.isCalled() ? retry() : null;
      if (slot != null) {
        return slot;
      }
      long now = ticker.nanos();
      if (now - deadline >= 0) {
        return abandon(null);
      }
      long until = deadline;
      if (waiter.isPatient()) {
        if (now - patienceEnds >= 0) {
          books.step(ledger -> ledger.queueing().losePatience(waiter));
          continue;
        }
        until = patienceEnds;
      }
      if (!waiter.isCalled()) {
        ticker.park(waiter, until - now);
      }
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        return abandon(new InterruptedException("interrupted while waiting for a connection"));
      }
    }
  }

  /** See {@link Queueing#retry}. */
  private @Nullable Slot retry() throws SQLException {
    books.lock.lock();
    try {
      ServerLedger ledger = books.ledger;
      long now = ticker.nanos();
      Slot slot = ledger.queueing().retry(waiter, now);
      if (slot == null
          && ledger.book().isClosed()
          && ledger.queueing().abandon(waiter, now) == null) {
        throw pool.shutDown();
      }
      if (slot == null
          && ledger.book().isDraining()
          && ledger.queueing().abandon(waiter, now) == null) {
        throw new NotPoolingException(pool.name());
      }
      return slot;
    } finally {
      books.lock.unlock();
    }
  }

  /** Leaves the line. Returns what was granted at the last moment. */
  private Slot abandon(@Nullable InterruptedException interrupt) throws SQLException {
    AcquireTimeout timeout;
    books.lock.lock();
    try {
      ServerLedger ledger = books.ledger;
      long now = ticker.nanos();
      timeout = new AcquireTimeout(pool.name(), ledger, waiter, now);
      Slot slot = ledger.queueing().abandon(waiter, now);
      if (slot != null) {
        return slot;
      }
      if (interrupt == null) {
        ledger.queueing().timedOut(waiter);
      }
    } finally {
      books.lock.unlock();
    }
    SQLException failure = timeout.exception(interrupt);
    if (interrupt == null) {
      String tenant = waiter.tenant().name();
      String message = String.valueOf(failure.getMessage());
      pool.herald()
          .tell(told -> told.timedOut(pool.name(), tenant, timeout.waitedNanos(), message));
    }
    throw failure;
  }
}
