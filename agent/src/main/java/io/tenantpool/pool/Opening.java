package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.PhysicalOpener;
import io.tenantpool.connection.SqlStates;
import io.tenantpool.connection.WaitEnd;
import java.sql.SQLException;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The way of one borrower's slot to its open socket, on the borrower's thread: its victim's socket
 * is closed first; a connect that the server refuses for want of room is tried again. On every way
 * out the slot is open or given up, and ledger and listener know.
 */
final class Opening {

  private static final long FIRST_BACKOFF_NANOS = 1_000_000;
  private static final long LONGEST_BACKOFF_NANOS = 50_000_000;

  private final ServerPool pool;
  private final LockedLedger books;
  private final Ticker ticker;
  private final PhysicalOpener opener;
  private final @Nullable Origin origin;
  private final BorrowBound bound;

  /** An opening that connects through {@code opener} and tries again within {@code bound}. */
  Opening(ServerPool pool, PhysicalOpener opener, @Nullable Origin origin, BorrowBound bound) {
    this.pool = pool;
    this.books = pool.books();
    this.ticker = pool.ticker();
    this.opener = opener;
    this.origin = origin;
    this.bound = bound;
  }

  /**
   * Opens the slot's socket, its victim's closed first. Returns the slot to go on with: usually the
   * same; a connection that came back meanwhile, for which the slot was given up; null when it was
   * given up for nothing, and the thread has to wait in line.
   *
   * @throws SQLException what the driver said; the slot is given up then
   */
  @Nullable Slot open(Slot slot) throws SQLException {
    Slot victim = slot.victim();
    if (victim != null) {
      closeVictim(slot, victim);
    }
    PlaceOfAnother place = null;
    long backoff = FIRST_BACKOFF_NANOS;
    long began = ticker.nanos();
    for (SQLException refusal = connect(slot); refusal != null; refusal = connect(slot)) {
      LoginLimit limit = LoginLimit.of(refusal);
      Slot next = refused(slot, limit == null, began);
      if (next != slot) {
        return next;
      }
      if (limit != null) {
        place = place == null ? new PlaceOfAnother(pool, slot, victim) : place;
        if (makesRoom(slot, place, limit, refusal)) {
          continue;
        }
      }
      try {
        bound.park(this, backoff);
      } finally {
        bound.restoreInterrupt();
      }
      backoff = Math.min(LONGEST_BACKOFF_NANOS, backoff * 2);
    }
    return slot;
  }

  /** Closes the victim of the slot, whose permit passes to the slot then. */
  private void closeVictim(Slot slot, Slot victim) {
    pool.io().close(victim);
    books.step(ledger -> ledger.book().victimClosed(slot));
    pool.io().tellClosed(victim);
  }

  /**
   * A limit of the role or the database is reached. Returns whether there is a place now, so that
   * it is worth a try at once.
   *
   * @throws SQLException {@code refusal}, when none of the agent's own connections can give way
   */
  private boolean makesRoom(Slot slot, PlaceOfAnother place, LoginLimit limit, SQLException refusal)
      throws SQLException {
    boolean hopeful = false;
    try {
      boolean made = place.make(limit);
      hopeful = made || place.isExpected(limit);
      if (!hopeful) {
        throw refusal;
      }
      return made;
    } finally {
      if (!hopeful) {
        failed(slot, refusal, 0);
      }
    }
  }

  /**
   * Connects; returns the server's refusal for want of room, when it is worth another try.
   *
   * @throws SQLException what the driver said, when it is not; the slot is given up then
   */
  private @Nullable SQLException connect(Slot slot) throws SQLException {
    ConnectionWatch.Work watched = pool.herald().watch().opening();
    boolean successful = false;
    long began = ticker.nanos();
    PhysicalConnection physical;
    try {
      physical = opener.open();
      successful = true;
    } catch (SQLException e) {
      long now = ticker.nanos();
      WaitEnd end = ServerFull.says(e) ? bound.due(now) : WaitEnd.ACQUIRE_TIMEOUT;
      if (end == null) {
        return e;
      }
      pool.reachability().failed(e);
      failed(slot, e, now - began);
      // The driver's own words unless it was the caller who did not want to try any longer.
      throw end == WaitEnd.ACQUIRE_TIMEOUT ? e : givenUp(slot, end, e);
    } catch (RuntimeException | Error e) {
      failed(slot, e, ticker.nanos() - began);
      throw e;
    } finally {
      if (watched != null) {
        watched.ended(pool.io().label(slot), successful);
      }
    }
    opened(slot, physical, ticker.nanos() - began);
    return null;
  }

  private void opened(Slot slot, PhysicalConnection physical, long connectNanos) {
    pool.reachability().answered();
    long doubts =
        books.ask(
            ledger -> {
              ledger.connects().opened(slot, physical, connectNanos, ticker.nanos());
              ledger.neighbours().connected();
              return ledger.book().budget().doubts();
            });
    String tenant = slot.tenant().name();
    pool.herald().tell(told -> told.opened(pool.name(), tenant, slot.id(), connectNanos));
    pool.limitQuestion().ask(physical, doubts, this::serverAllows);
  }

  private SQLException givenUp(Slot slot, WaitEnd end, SQLException refusal) {
    bound.endedInVain(end);
    String why = end.limit() == null ? end.name().toLowerCase(Locale.ROOT) : end.limit();
    return end.exception(
        "tenant-pool: tenant '"
            + slot.tenant().name()
            + "' on "
            + pool.name()
            + ": ended by the caller ("
            + why
            + ") while the server had no room: "
            + refusal.getMessage(),
        refusal);
  }

  private void failed(Slot slot, Throwable failure, long connectNanos) {
    books.step(ledger -> ledger.connects().failed(slot, failure, ticker.nanos()));
    if (failure instanceof SQLException refusal && SqlStates.isEntryDenied(refusal)) {
      pool.operations().entryDenied(slot.key().account());
    }
    if (failure instanceof Exception exception) {
      String tenant = slot.tenant().name();
      pool.herald().tell(told -> told.openFailed(pool.name(), tenant, exception, connectNanos));
    }
  }

  /** See {@link Connects#refused}; {@code tells} when it is the server that has no room. */
  private @Nullable Slot refused(Slot slot, boolean tells, long since) {
    int[] figures = new int[2];
    Slot next =
        books.slot(
            ledger -> {
              figures[0] = ledger.book().budget().used();
              figures[1] = ledger.book().budget().budget();
              if (tells) {
                ledger.neighbours().refused(since, ticker.nanos());
              }
              return ledger.connects().refused(slot, origin, ticker.nanos());
            });
    if (tells) {
      pool.worker().wake();
      String tenant = slot.tenant().name();
      pool.herald().tell(told -> told.openRefused(pool.name(), tenant, figures[0], figures[1]));
    }
    return next;
  }

  private void serverAllows(OptionalInt says) {
    if (books.ask(ledger -> ledger.neighbours().serverAllows(says))) {
      pool.worker().wake();
    }
  }
}
