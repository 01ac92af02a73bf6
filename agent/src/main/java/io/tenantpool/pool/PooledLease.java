package io.tenantpool.pool;

import io.tenantpool.connection.CallStack;
import io.tenantpool.connection.Lease;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.Pin;
import io.tenantpool.connection.SessionFilter;
import io.tenantpool.connection.Tenure;
import org.jspecify.annotations.Nullable;

/**
 * One lease of one slot. The slot knows its current lease, so that an old one that is ended again
 * ends nothing.
 */
final class PooledLease extends Tenure implements Lease {

  private final ServerPool pool;
  private final Slot slot;
  private final PhysicalConnection physical;
  private final Thread borrower;
  private volatile @Nullable CallStack takenAt;
  private boolean answered;

  /** Null when nobody watches, or has heard of the end already. */
  private ConnectionWatch.@Nullable Borrowing watched;

  PooledLease(ServerPool pool, Slot slot, PhysicalConnection physical, Thread borrower) {
    super(pool.custody());
    this.borrower = borrower;
    this.pool = pool;
    this.slot = slot;
    this.physical = physical;
  }

  @Override
  public Tenure tenure() {
    return this;
  }

  @Override
  public PhysicalConnection physical() {
    return physical;
  }

  @Override
  public boolean hasAnswered() {
    return answered;
  }

  /** To be called by the borrower before anybody else has the lease. */
  PooledLease answered() {
    answered = true;
    return this;
  }

  @Override
  public void end() {
    pool.end(this);
  }

  @Override
  public int closeIdle(SessionFilter which) {
    SessionFilter seen = which.seenFrom(slot.key().database());
    int closed = 0;
    for (ServerPool each : pool.whereMayBe(seen)) {
      closed += each.operations().closeIdle(seen);
    }
    return closed;
  }

  @Override
  public void outdate(SessionFilter which) {
    SessionFilter seen = which.seenFrom(slot.key().database());
    for (ServerPool each : pool.whereMayBe(seen)) {
      each.operations().outdate(seen);
    }
  }

  @Override
  public void pinned(Pin cause, @Nullable StackTraceElement site) {
    long now = pool.ticker().epochMillis();
    PinSites.Sighting seen = pool.books().ask(ledger -> ledger.pinned(slot, cause, site, now));
    String tenant = slot.tenant().name();
    pool.herald()
        .tell(
            told -> told.pinned(pool.name(), tenant, slot.id(), cause, seen.site(), seen.isNew()));
  }

  /** To be called by the borrower before anybody else has the lease. */
  void watchedBy(ConnectionWatch.Borrowing watch) {
    watched = watch;
    watch.lent(pool.io().label(slot), slot.isFirstLease());
  }

  /** Tells who watches, if somebody does, that the lease ends; once. */
  void tellReturned(@Nullable EvictionCause unfit) {
    if (watched == null) {
      return;
    }
    ConnectionWatch.Borrowing told;
    synchronized (this) {
      told = watched;
      watched = null;
    }
    if (told != null) {
      try {
        told.returned(pool.io().label(slot), unfit);
      } catch (RuntimeException | Error e) {
        pool.herald().complain("who watches leases failed; the lease ends all the same", e);
      }
    }
  }

  /** The thread that borrowed. */
  Thread borrower() {
    return borrower;
  }

  Slot slot() {
    return slot;
  }

  /** Where in the application it was borrowed. */
  void takenAt(CallStack stack) {
    takenAt = stack;
  }

  /** Where it was borrowed; null when nobody wanted to know then. */
  @Nullable CallStack takenAt() {
    return takenAt;
  }
}
