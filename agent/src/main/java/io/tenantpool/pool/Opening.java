package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.PhysicalOpener;
import io.tenantpool.connection.SqlStates;
import io.tenantpool.connection.WaitEnd;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
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

  /** The last one that was begun. */
  private @Nullable ConnectUnderWay connect;

  /** Whether the slot is given up, for another try is to be made in its turn. */
  private boolean isGivenUp;

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
   * given up for nothing, and the thread has to wait in line: for a permit, for the moment to
   * connect, or for another try.
   *
   * @throws SQLException what the driver said, or that the time was up; the slot is given up then
   */
  @Nullable Slot open(Slot slot) throws SQLException {
    try {
      return openInTime(slot);
    } catch (Throwable e) {
      failed(slot, e);
      throw e;
    }
  }

  private @Nullable Slot openInTime(Slot slot) throws SQLException {
    Slot victim = slot.victim();
    boolean mayBegin =
        books.ask(ledger -> ledger.connects().mayBegin(slot, ticker.nanos())) || !bound.waits();
    if (victim != null) {
      closeVictim(slot, victim);
    }
    if (!mayBegin) {
      books.step(ledger -> ledger.connects().notBegun(slot, ticker.nanos()));
      return null;
    }
    PlaceOfAnother place = null;
    Backoff backoff =
        new Backoff(FIRST_BACKOFF_NANOS, LONGEST_BACKOFF_NANOS, ThreadLocalRandom.current());
    SQLException refusal = null;
    long began = ticker.nanos();
    while (true) {
      WaitEnd end = bound.late(ticker.nanos());
      if (end != null) {
        throw refusal == null ? late(slot, end, victim) : refused(slot, end, refusal);
      }
      connect = new ConnectUnderWay(pool, slot, bound);
      refusal = connect(slot, connect);
      if (refusal == null) {
        return slot;
      }
      if (connect.hasYielded()) {
        yielded(slot);
        return null;
      }
      if (isGivenUp) {
        return null;
      }
      LoginLimit limit = LoginLimit.of(refusal);
      Slot next = refused(slot, limit == null, began);
      if (next != slot) {
        return next;
      }
      if (limit != null) {
        place = place == null ? new PlaceOfAnother(pool, slot, victim) : place;
        if (place.make(limit)) {
          continue;
        }
        if (!place.isExpected(limit)) {
          throw refusal;
        }
      }
      try {
        bound.park(this, backoff.next());
      } finally {
        bound.restoreInterrupt();
      }
    }
  }

  /** Closes the victim of the slot, whose permit passes to the slot then. */
  private void closeVictim(Slot slot, Slot victim) {
    pool.io().close(victim, bound.connectDeadline());
    books.step(ledger -> ledger.book().victimClosed(slot));
    pool.io().tellClosed(victim);
  }

  /**
   * Connects; returns why there is no session yet, when it is worth another try.
   *
   * @throws SQLException what the driver said, when it is not, or that the time was up
   */
  private @Nullable SQLException connect(Slot slot, ConnectUnderWay connect) throws SQLException {
    ConnectionWatch.Work watched = pool.herald().watch().opening();
    boolean successful = false;
    PhysicalConnection physical;
    try {
      physical = connect.open(opener, this::serverAllows);
      slot.unclaimed = physical;
      successful = true;
    } catch (SQLException e) {
      return worthAnotherTry(slot, connect, e);
    } catch (RuntimeException e) {
      if (connect.wasEnded()) {
        // Some driver's way to say that its socket is closed.
        return worthAnotherTry(slot, connect, new SQLException(e));
      }
      throw e;
    } finally {
      if (watched != null) {
        watched.ended(pool.io().label(slot), successful);
      }
    }
    opened(slot, physical, connect);
    return null;
  }

  private SQLException worthAnotherTry(Slot slot, ConnectUnderWay connect, SQLException e)
      throws SQLException {
    if (connect.hasYielded()) {
      return e;
    }
    if (connect.wasEnded()) {
      WaitEnd end = Objects.requireNonNull(connect.end());
      SQLException silent =
          books
              .ask(ledger -> new ConnectTimeout(pool.name(), ledger, slot, bound, null))
              .exception(end, connect.progress(), connect.tookNanos(), e);
      bound.endedInVain(end);
      pool.reachability().failed(silent);
      throw silent;
    }
    if (!ServerFull.says(e)) {
      pool.reachability().failed(e);
      if (isWorthAnotherTry(e, ticker.nanos())) {
        failed(slot, e);
        isGivenUp = true;
        return e;
      }
      throw e;
    }
    WaitEnd end = bound.due(ticker.nanos());
    if (end != null) {
      throw refused(slot, end, e);
    }
    return e;
  }

  /** Whether a borrower that stands in the line again may soon be told something else. */
  private boolean isWorthAnotherTry(SQLException refusal, long now) {
    return OpenFailure.isMendable(refusal)
        && pool.limits().breaksCircuits()
        && bound.waits()
        && bound.elapsed(now) < Bystanders.MENDING_NANOS
        && bound.due(now) == null;
  }

  private void opened(Slot slot, PhysicalConnection physical, ConnectUnderWay connect) {
    long nanos = connect.tookNanos();
    pool.reachability().answered();
    books.step(
        ledger -> {
          ledger.connects().opened(slot, physical, nanos, ticker.nanos());
          ledger.neighbours().connected();
        });
    String tenant = slot.tenant().name();
    pool.herald().tell(told -> told.opened(pool.name(), tenant, slot.id(), nanos));
  }

  /** The time was up before the connect could begin. */
  private SQLException late(Slot slot, WaitEnd end, @Nullable Slot victim) {
    EvictionCause before = victim == null ? null : victim.fate();
    bound.endedInVain(end);
    return books
        .ask(ledger -> new ConnectTimeout(pool.name(), ledger, slot, bound, before))
        .exception(end);
  }

  /**
   * The server had no room for as long as the borrow may take: the driver's own words, unless it
   * was the caller who did not want to try any longer.
   */
  private SQLException refused(Slot slot, WaitEnd end, SQLException refusal) {
    if (end == WaitEnd.ACQUIRE_TIMEOUT) {
      return refusal;
    }
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

  /** The slot is given up, unless it is open or has no permit of its own yet. */
  private void failed(Slot slot, Throwable failure) {
    ConnectUnderWay last = connect;
    boolean outOfTime = last == null || last.wasEnded();
    boolean isSilent = last != null && last.tookNanos() >= ConnectGate.SILENT_NANOS;
    boolean givenUp =
        books.ask(
            ledger -> {
              if (slot.state() != SlotState.OPENING || slot.victim() != null) {
                // What could not even close its victim is for Recovery, which does that first.
                return false;
              }
              if (outOfTime && isSilent && failure instanceof SQLException silence) {
                ledger.connects().silent(slot, silence, ticker.nanos());
              } else if (outOfTime) {
                ledger.connects().outOfTime(slot, ticker.nanos());
              } else {
                ledger.connects().failed(slot, failure, ticker.nanos());
              }
              return true;
            });
    if (failure instanceof SQLException refusal && SqlStates.isEntryDenied(refusal)) {
      pool.operations().entryDenied(slot.key().account());
    }
    if (givenUp && failure instanceof Exception exception) {
      String tenant = slot.tenant().name();
      long nanos = last == null ? 0 : last.tookNanos();
      pool.herald().tell(told -> told.openFailed(pool.name(), tenant, exception, nanos));
    }
  }

  /** The slot is given up for somebody who is starved by connects that nobody answers. */
  private void yielded(Slot slot) {
    books.step(ledger -> ledger.connects().yielded(slot, ticker.nanos()));
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
