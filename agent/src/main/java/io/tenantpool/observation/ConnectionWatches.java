package io.tenantpool.observation;

import io.tenantpool.pool.ConnectionLabel;
import io.tenantpool.pool.ConnectionWatch;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Several watches in one; the failure of one reaches neither pool nor others. */
final class ConnectionWatches implements ConnectionWatch {

  private final ConnectionWatch[] watches;
  private final Faults faults;

  ConnectionWatches(List<ConnectionWatch> watches, Faults faults) {
    this.watches = watches.toArray(new ConnectionWatch[0]);
    this.faults = faults;
  }

  @Override
  public @Nullable Borrowing borrowing() {
    // No list and no iterator as long as nobody is interested: every borrow comes this way.
    List<Borrowing> interested = null;
    for (ConnectionWatch watch : watches) {
      Borrowing borrowing = null;
      try {
        borrowing = watch.borrowing();
      } catch (Throwable failure) {
        faults.report(FaultKind.OBSERVATION, "a borrow could not be watched", failure);
      }
      if (borrowing != null) {
        interested = interested == null ? new ArrayList<>(watches.length) : interested;
        interested.add(borrowing);
      }
    }
    return interested == null ? null : new Borrowings(interested, faults);
  }

  @Override
  public @Nullable Work opening() {
    return all(ConnectionWatch::opening);
  }

  @Override
  public @Nullable Work resetting() {
    return all(ConnectionWatch::resetting);
  }

  private @Nullable Work all(Function<ConnectionWatch, @Nullable Work> begin) {
    List<Work> interested = null;
    for (ConnectionWatch watch : watches) {
      Work work = null;
      try {
        work = begin.apply(watch);
      } catch (Throwable failure) {
        faults.report(FaultKind.OBSERVATION, "a connection could not be watched", failure);
      }
      if (work != null) {
        interested = interested == null ? new ArrayList<>(watches.length) : interested;
        interested.add(work);
      }
    }
    return interested == null ? null : new Works(interested, faults);
  }

  @Override
  public void closed(ConnectionLabel connection, EvictionCause cause, long ageNanos) {
    for (ConnectionWatch watch : watches) {
      try {
        watch.closed(connection, cause, ageNanos);
      } catch (Throwable failure) {
        faults.report(FaultKind.OBSERVATION, "a close could not be watched", failure);
      }
    }
  }

  private record Works(List<Work> parts, Faults faults) implements Work {

    @Override
    public void ended(ConnectionLabel connection, boolean successful) {
      for (Work part : parts) {
        try {
          part.ended(connection, successful);
        } catch (Throwable failure) {
          faults.report(FaultKind.OBSERVATION, "a connection could not be watched", failure);
        }
      }
    }
  }

  private record Borrowings(List<Borrowing> parts, Faults faults) implements Borrowing {

    @Override
    public void lent(ConnectionLabel connection, boolean first) {
      for (Borrowing part : parts) {
        try {
          part.lent(connection, first);
        } catch (Throwable failure) {
          faults.report(FaultKind.OBSERVATION, "a lease could not be watched", failure);
        }
      }
    }

    @Override
    public void returned(ConnectionLabel connection, @Nullable EvictionCause unfit) {
      for (Borrowing part : parts) {
        try {
          part.returned(connection, unfit);
        } catch (Throwable failure) {
          faults.report(FaultKind.OBSERVATION, "the end of a lease could not be watched", failure);
        }
      }
    }
  }
}
