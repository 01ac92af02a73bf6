package io.tenantpool.pool;

import io.tenantpool.connection.Caller;
import io.tenantpool.connection.Custody;
import io.tenantpool.connection.Headroom;
import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalOpener;
import io.tenantpool.connection.WaitLimit;
import io.tenantpool.routing.Route;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of one borrow that needs more than the lock: {@linkplain Wait waiting}, {@linkplain
 * Opening opening}, validating, resetting. Runs on the borrower's thread, which owns the slot that
 * it works on; on every way out the slot is either lent or given back.
 */
final class Borrow {

  private final ServerPool pool;
  private final Ticker ticker;
  private final Route.Pooled route;
  private final PhysicalOpener opener;
  private final @Nullable Origin origin;
  private final long start;
  private final BorrowBound bound;
  private boolean hit = true;

  private final Custody custody;

  /** The slot that it owns, or owned last; null while it waits for one. */
  private @Nullable Slot owned;

  /** Its place in the line, or its last one; null when it has left the line without a slot. */
  private @Nullable Waiter stands;

  /** The slot that this borrower has opened; null when none. */
  private @Nullable Slot opened;

  /** Whether it gives up itself what it does not bring to a lease. */
  boolean isInCharge;

  Borrow(
      ServerPool pool,
      Route.Pooled route,
      PhysicalOpener opener,
      @Nullable Origin origin,
      @Nullable Caller caller,
      long start) {
    this.pool = pool;
    this.custody = pool.custody();
    this.ticker = pool.ticker();
    this.route = route;
    this.opener = opener;
    this.origin = origin;
    this.start = start;
    this.bound =
        new BorrowBound(
            ticker,
            caller == null ? start : caller.asksSince(start),
            pool.limits().acquireTimeout().toNanos(),
            shorter(pool, opener, caller),
            caller);
  }

  /** The caller's own limit; none when it cannot be told, for a slot is taken by now. */
  private static @Nullable WaitLimit shorter(
      ServerPool pool, PhysicalOpener opener, @Nullable Caller caller) {
    try {
      return WaitLimit.shorter(
          opener.limit(caller != null), caller == null ? null : caller.limit());
    } catch (RuntimeException | Error fault) {
      pool.herald().complain("the limit of a caller could not be read", fault);
      return null;
    }
  }

  /**
   * Takes the slot from where it is, {@code now}, to its lease; waits for one first if there is
   * none.
   */
  PooledLease finish(@Nullable Slot granted, @Nullable Waiter waiter, long now)
      throws SQLException {
    owned = granted;
    stands = waiter;
    isInCharge = true;
    boolean lent = false;
    try {
      Headroom.forWay();
      bound.begins();
      PooledLease lease =
          waiter == null
              ? finish(Objects.requireNonNull(granted), now)
              : finish(await(waiter), ticker.nanos());
      lent = true;
      return lease;
    } finally {
      if (!lent) {
        // The only place where a borrow that gets no lease gives up what it has.
        Slot slot = owned;
        int tenure = slot == null ? 0 : slot.tenure;
        try {
          if (slot != null) {
            pool.recovery().giveUp(slot);
          } else if (stands != null) {
            pool.recovery().leave(stands);
          }
        } catch (Throwable left) {
          // Not even that: the housekeeper does it. Nothing but writes of fields can fail no more.
          if (slot != null) {
            slot.leftBy = tenure;
            Slot other = slot.replacement;
            if (other != null) {
              other.leftBy = other.tenure;
            }
          }
          if (stands != null) {
            stands.isLeft = true;
          }
          custody.isLeft = true;
        }
      }
      bound.ended();
    }
  }

  private PooledLease finish(Slot granted, long now) throws SQLException {
    Slot slot = granted;
    owned = slot;
    long since = now;
    while (true) {
      switch (slot.state()) {
        case TAKEN -> {
          PooledLease lease = pool.lend(slot, start, ticker.nanos(), hit);
          return opened == slot ? lease.answered() : lease;
        }
        case RESETTING -> {
          long clean = pool.io().reset(slot, since, bound);
          EvictionCause unfit = SessionIo.unfit(clean);
          PooledLease lease = unfit == null ? pool.lendClean(slot, since, start, clean, hit) : null;
          if (lease != null) {
            return lease.answered();
          }
          slot = reopen(slot, unfit == null ? EvictionCause.RESET : unfit);
          owned = slot;
        }
        case VALIDATING -> {
          if (pool.io().isValid(slot, bound)) {
            return pool.lend(slot, start, ticker.nanos(), hit).answered();
          }
          slot =
              reopen(
                  slot,
                  slot.physical().isOutdated() ? EvictionCause.OUTDATED : EvictionCause.VALIDATION);
          owned = slot;
        }
        case OPENING -> {
          slot = open(slot);
          owned = slot;
          since = ticker.nanos();
        }
        default ->
            throw new IllegalStateException(
                "a borrower cannot own a slot in state " + slot.state());
      }
    }
  }

  private Slot await(Waiter waiter) throws SQLException {
    owned = null;
    stands = waiter;
    try {
      Slot slot = new Wait(pool, waiter, bound).untilGranted();
      owned = slot;
      return slot;
    } catch (SQLException refused) {
      // It has left the line itself.
      stands = null;
      throw refused;
    }
  }

  private Slot reopen(Slot unusable, EvictionCause cause) {
    return pool.books().ask(ledger -> ledger.reopen(unusable, route.key(), cause, ticker.nanos()));
  }

  /** Returns the slot to go on with, usually the same. */
  private Slot open(Slot slot) throws SQLException {
    hit = false;
    Slot next = new Opening(pool, opener, origin, bound).open(slot);
    if (next == null) {
      return await(queueAgain());
    }
    if (next != slot) {
      hit = true;
    } else {
      opened = slot;
    }
    return next;
  }

  /** Stands in the line again, at its end, with the time that has passed already. */
  private Waiter queueAgain() {
    return pool.books()
        .ask(
            ledger -> {
              // The tenant may have been dropped since: the slot that was given up was its last.
              long now = ticker.nanos();
              TenantPool tenant = ledger.tenants().named(route.tenant(), route.system(), now);
              Waiter waiter =
                  ledger
                      .queueing()
                      .enqueueAgain(
                          tenant, route.key(), origin, Thread.currentThread(), start, now);
              ledger.queueing().losePatience(waiter);
              return waiter;
            });
  }
}
