package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tenantpool.pool.ConnectionLabel;
import io.tenantpool.pool.ConnectionWatch;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import io.tenantpool.upkeep.Upkeep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ConnectionWatchesTest {

  private static final ConnectionLabel LABEL = new ConnectionLabel("db:5432", "acme", "app", 7);

  private final List<String> heard = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final Faults faults = Upkeep.faults(told);

  /** Hears everything, and throws afterwards when it is broken. */
  private final class Watch implements ConnectionWatch, ConnectionWatch.Borrowing {

    private final boolean broken;

    Watch(boolean broken) {
      this.broken = broken;
    }

    private void hear(String event) {
      heard.add(event);
      if (broken) {
        throw new LinkageError(event);
      }
    }

    @Override
    public Borrowing borrowing() {
      return this;
    }

    @Override
    public Work opening() {
      return (connection, successful) -> hear("opened");
    }

    @Override
    public Work resetting() {
      return (connection, successful) -> hear("reset");
    }

    @Override
    public void lent(ConnectionLabel connection, boolean first) {
      hear("lent");
    }

    @Override
    public void returned(ConnectionLabel connection, @Nullable EvictionCause unfit) {
      hear("returned");
    }

    @Override
    public void closed(ConnectionLabel connection, EvictionCause cause, long ageNanos) {
      hear("closed");
    }
  }

  private void everything(ConnectionWatch watch) {
    ConnectionWatch.Borrowing borrowing = watch.borrowing();
    assertNotNull(borrowing);
    borrowing.lent(LABEL, true);
    borrowing.returned(LABEL, null);
    ConnectionWatch.Work opening = watch.opening();
    assertNotNull(opening);
    opening.ended(LABEL, true);
    ConnectionWatch.Work resetting = watch.resetting();
    assertNotNull(resetting);
    resetting.ended(LABEL, true);
    watch.closed(LABEL, EvictionCause.IDLE, 1);
  }

  @Test
  void whatOneWatchThrowsTheNextDoesNotNotice() {
    everything(new ConnectionWatches(List.of(new Watch(true), new Watch(false)), faults));
    assertEquals(
        List.of(
            "lent",
            "lent",
            "returned",
            "returned",
            "opened",
            "opened",
            "reset",
            "reset",
            "closed",
            "closed"),
        heard);
    assertEquals(
        List.of(
            "a lease could not be watched",
            "the end of a lease could not be watched",
            "a connection could not be watched",
            "a close could not be watched"),
        told);
    assertEquals(5, faults.count(FaultKind.OBSERVATION), "an opening and a reset");
  }

  @Test
  void aWatchThatFailsWhenAskedIsNotInterested() {
    ConnectionWatch failing =
        new ConnectionWatch() {
          @Override
          public Borrowing borrowing() {
            throw new IllegalStateException();
          }

          @Override
          public Work opening() {
            throw new IllegalStateException();
          }
        };
    ConnectionWatch watches = new ConnectionWatches(List.of(failing), faults);
    assertNull(watches.borrowing());
    assertNull(watches.opening());
    assertNull(watches.resetting());
    assertEquals(
        List.of("a borrow could not be watched", "a connection could not be watched"), told);
    assertEquals(2, faults.count(FaultKind.OBSERVATION));
  }

  @Test
  void whenNobodyIsInterestedThePoolHearsSo() {
    ConnectionWatch watches = new ConnectionWatches(List.of(ConnectionWatch.NOBODY), faults);
    assertNull(watches.borrowing());
    assertNull(watches.opening());
    assertNull(watches.resetting());
  }
}
