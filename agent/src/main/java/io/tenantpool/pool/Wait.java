package io.tenantpool.pool;

import io.tenantpool.connection.WaitEnd;
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
  private final BorrowBound bound;

  Wait(ServerPool pool, Waiter waiter, BorrowBound bound) {
    this.pool = pool;
    this.books = pool.books();
    this.ticker = pool.ticker();
    this.waiter = waiter;
    this.bound = bound;
  }

  /**
   * Waits until the waiter is granted a slot.
   *
   * @throws SQLException when its {@linkplain BorrowBound bound} has ended the wait, the pool was
   *     shut down in the meantime, or pools no more
   */
  Slot untilGranted() throws SQLException {
    try {
      RefusalCause refusal = waiter.refusal(bound.remaining(ticker.nanos()));
      return refusal == null ? waitUntilGranted() : turnAway(refusal);
    } finally {
      bound.restoreInterrupt();
    }
  }

  private Slot waitUntilGranted() throws SQLException {
    long patienceEnds = ticker.nanos() + PATIENCE_NANOS;
    while (true) {
      Slot slot = waiter.isCalled() ? retry() : null;
      if (slot != null) {
        return slot;
      }
      long now = ticker.nanos();
      WaitEnd end = bound.due(now);
      if (end != null) {
        return abandon(end);
      }
      long nanos = Long.MAX_VALUE;
      if (waiter.isPatient()) {
        if (now - patienceEnds >= 0) {
          books.step(ledger -> ledger.queueing().losePatience(waiter));
          continue;
        }
        nanos = patienceEnds - now;
      }
      if (waiter.looks()) {
        long left = waiter.looksAt() - now;
        if (left <= 0) {
          books.step(ledger -> ledger.queueing().look(waiter, now));
          continue;
        }
        nanos = Math.min(nanos, left);
      }
      if (!waiter.isCalled()) {
        bound.park(waiter, nanos);
      }
    }
  }

  /** Does not even begin to wait. Returns what was granted at the last moment. */
  private Slot turnAway(RefusalCause cause) throws SQLException {
    TurnedAway away;
    books.lock.lock();
    try {
      long now = ticker.nanos();
      away = new TurnedAway(pool.name(), books.ledger, waiter, cause, bound.remaining(now));
      Slot slot = books.ledger.queueing().turnAway(waiter, cause, now);
      if (slot != null) {
        return slot;
      }
    } finally {
      books.lock.unlock();
    }
    bound.endedInVain(WaitEnd.ACQUIRE_TIMEOUT);
    SQLException failure = WaitEnd.ACQUIRE_TIMEOUT.exception(away.message(), null);
    String tenant = waiter.tenant().name();
    pool.herald().tell(told -> told.turnedAway(pool.name(), tenant, cause, away.message()));
    throw failure;
  }

  /** See {@link Queueing#retry}. */
  private @Nullable Slot retry() throws SQLException {
    books.lock.lock();
    try {
      ServerLedger ledger = books.ledger;
      long now = ticker.nanos();
      NotTried refusal = waiter.refusal();
      if (refusal != null) {
        throw refusal.exception(pool.name(), waiter.tenant().name());
      }
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

  /**
   * Leaves the line. Returns what was granted at the last moment.
   *
   * @throws SQLException also when it was turned away at the last moment
   */
  private Slot abandon(WaitEnd end) throws SQLException {
    AcquireTimeout timeout;
    books.lock.lock();
    try {
      ServerLedger ledger = books.ledger;
      long now = ticker.nanos();
      NotTried refusal = ledger.queueing().whyUntried(waiter, end, now);
      if (refusal != null) {
        throw refusal.exception(pool.name(), waiter.tenant().name());
      }
      timeout = new AcquireTimeout(pool.name(), ledger, waiter, bound, end, now);
      Slot slot = ledger.queueing().abandon(waiter, now);
      if (slot != null) {
        return slot;
      }
      if (end.isTimeout()) {
        ledger.queueing().timedOut(waiter);
      }
    } finally {
      books.lock.unlock();
    }
    bound.endedInVain(end);
    SQLException failure = timeout.exception(end, pool.holderPlaces());
    if (end.isTimeout()) {
      String tenant = waiter.tenant().name();
      String message = String.valueOf(failure.getMessage());
      pool.herald()
          .tell(told -> told.timedOut(pool.name(), tenant, timeout.waitedNanos(), message));
      String idlers = timeout.idlers();
      if (idlers != null) {
        books.step(ledger -> ledger.queueing().heldAndWaited(waiter));
        pool.herald()
            .tell(told -> told.heldAndWaited(pool.name(), tenant, timeout.waitedNanos(), idlers));
      }
    }
    throw failure;
  }
}
