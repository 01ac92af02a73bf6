package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.PhysicalOpener;
import io.tenantpool.routing.Route;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The part of one borrow that needs more than the lock: waiting, closing a victim, opening,
 * validating, resetting. Runs on the borrower's thread, which owns the slot that it works on; on
 * every way out the slot is either lent or given back.
 */
final class Borrow {

  private static final long FIRST_BACKOFF_NANOS = 1_000_000;
  private static final long LONGEST_BACKOFF_NANOS = 50_000_000;
  private static final long PATIENCE_NANOS = 5_000_000;

  private final ServerPool pool;
  private final Ticker ticker;
  private final Route.Pooled route;
  private final PhysicalOpener opener;
  private final @Nullable Origin origin;
  private final long start;
  private final long deadline;
  private boolean hit = true;

  Borrow(
      ServerPool pool,
      Route.Pooled route,
      PhysicalOpener opener,
      @Nullable Origin origin,
      long start) {
    this.pool = pool;
    this.ticker = pool.ticker();
    this.route = route;
    this.opener = opener;
    this.origin = origin;
    this.start = start;
    this.deadline = start + pool.limits().acquireTimeout().toNanos();
  }

  /** Waits first. */
  PooledLease finish(Waiter waiter) throws SQLException {
    return finish(await(waiter), ticker.nanos());
  }

  /** Takes the slot from where it is, {@code now}, to its lease. */
  PooledLease finish(Slot granted, long now) throws SQLException {
    Slot slot = granted;
    long since = now;
    while (true) {
      switch (slot.state()) {
        case TAKEN -> {
          return pool.lend(slot, start, ticker.nanos(), hit);
        }
        case RESETTING -> {
          long clean = pool.io().reset(slot, since);
          PooledLease lease =
              clean == SessionIo.FAILED ? null : pool.lendClean(slot, since, start, clean, hit);
          if (lease != null) {
            return lease;
          }
          slot = pool.reopen(slot, EvictionCause.RESET);
        }
        case VALIDATING -> {
          if (pool.io().isValid(slot)) {
            return pool.lend(slot, start, ticker.nanos(), hit);
          }
          slot = pool.reopen(slot, EvictionCause.VALIDATION);
        }
        case OPENING -> {
          hit = false;
          slot = open(slot);
          since = ticker.nanos();
        }
        default ->
            throw new IllegalStateException(
                "a borrower cannot own a slot in state " + slot.state());
      }
    }
  }

  /**
   * Waits until the waiter is granted a slot.
   *
   * @throws java.sql.SQLTransientConnectionException when the acquire timeout has passed or the
   *     thread was interrupted
   */
  private Slot await(Waiter waiter) throws SQLException {
    long patienceEnds = ticker.nanos() + PATIENCE_NANOS;
    while (true) {
      Slot slot = waiter.isCalled() ? pool.retry(waiter) : null;
      if (slot != null) {
        return slot;
      }
      long now = ticker.nanos();
      if (now - deadline >= 0) {
        return pool.abandon(waiter, null);
      }
      long until = deadline;
      if (waiter.isPatient()) {
        if (now - patienceEnds >= 0) {
          pool.losePatience(waiter);
          continue;
        }
        until = patienceEnds;
      }
      if (!waiter.isCalled()) {
        ticker.park(waiter, until - now);
      }
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        return pool.abandon(
            waiter, new InterruptedException("interrupted while waiting for a connection"));
      }
    }
  }

  /**
   * Opens the slot's socket, its victim's closed first. Returns the slot to go on with, usually the
   * same.
   */
  private Slot open(Slot slot) throws SQLException {
    Slot victim = slot.victim();
    if (victim != null) {
      pool.closeVictim(slot, victim);
    }
    long backoff = FIRST_BACKOFF_NANOS;
    while (true) {
      SQLException refusal = connect(slot);
      if (refusal == null) {
        return slot;
      }
      Slot next = pool.refused(slot, origin);
      if (next == null) {
        return await(pool.enqueue(route, origin, start));
      }
      if (next != slot) {
        hit = true;
        return next;
      }
      ticker.park(this, Math.min(backoff, Math.max(1, deadline - ticker.nanos())));
      backoff = Math.min(LONGEST_BACKOFF_NANOS, backoff * 2);
    }
  }

  /**
   * Connects. Returns null when that worked, and the server's refusal for want of room when it is
   * worth another try.
   *
   * @throws SQLException what the driver said, when it is not; the slot is given up then
   */
  private @Nullable SQLException connect(Slot slot) throws SQLException {
    ConnectionWatch.Work watched = pool.watch().opening();
    boolean successful = false;
    long began = ticker.nanos();
    PhysicalConnection physical;
    try {
      physical = opener.open();
      successful = true;
    } catch (SQLException e) {
      boolean again =
          ServerFull.says(e)
              && ticker.nanos() - deadline < 0
              && !Thread.currentThread().isInterrupted();
      if (again) {
        return e;
      }
      pool.openFailed(slot, e, ticker.nanos() - began);
      throw e;
    } catch (RuntimeException | Error e) {
      pool.openFailed(slot, e, ticker.nanos() - began);
      throw e;
    } finally {
      if (watched != null) {
        watched.ended(pool.label(slot), successful);
      }
    }
    pool.opened(slot, physical, ticker.nanos() - began);
    return null;
  }
}
