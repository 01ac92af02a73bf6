package io.tenantpool.connection;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The smallest pool: one physical connection, reset on the thread that gives it back. */
final class OneConnectionPool implements LeaseSource, AutoCloseable {

  private final PhysicalOpener opener;
  private final List<Pin> pins = new ArrayList<>();
  private final List<@Nullable StackTraceElement> pinSites = new ArrayList<>();
  private final AtomicInteger ends = new AtomicInteger();
  private @Nullable PhysicalConnection current;
  private final List<SessionFilter> closedIdle = new ArrayList<>();
  private final List<SessionFilter> outdated = new ArrayList<>();
  private @Nullable Runnable onCloseIdle;
  private volatile boolean leased;

  OneConnectionPool(PhysicalOpener opener) {
    this.opener = opener;
  }

  static OneConnectionPool ofPostgres(String... properties) {
    return new OneConnectionPool(() -> DriverConnection.of(Postgres.connect(properties)));
  }

  @Override
  public Lease acquire() throws SQLException {
    PhysicalConnection physical = current;
    if (physical == null) {
      physical = opener.open();
      current = physical;
    }
    leased = true;
    return new OneLease(physical);
  }

  List<Pin> pins() {
    return pins;
  }

  /** Where the {@link #pins()} come from. */
  List<@Nullable StackTraceElement> pinSites() {
    return pinSites;
  }

  /** Whose idle connections were to be closed, in order. */
  List<SessionFilter> closedIdle() {
    return closedIdle;
  }

  /** Whose sessions were said to be outdated, in order. */
  List<SessionFilter> outdated() {
    return outdated;
  }

  /** There is an idle connection: this happens when it is to be closed. */
  void hasIdle(Runnable close) {
    onCloseIdle = close;
  }

  /** How often a lease has ended. */
  int ends() {
    return ends.get();
  }

  boolean isLeased() {
    return leased;
  }

  /** The connection of the last lease. */
  @Nullable PhysicalConnection current() {
    return current;
  }

  /** Whether the connection of the last lease is still there for the next one. */
  boolean keptConnection() {
    return current != null;
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  private final class OneLease implements Lease {

    private final PhysicalConnection physical;
    private final AtomicBoolean ended = new AtomicBoolean();

    OneLease(PhysicalConnection physical) {
      this.physical = physical;
    }

    @Override
    public PhysicalConnection physical() {
      return physical;
    }

    @Override
    public void end() {
      ends.incrementAndGet();
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      leased = false;
      if (physical.isReusable()) {
        try {
          // As the pool does: so that a call that is not noted leaves its trace in the tests of the
          // next lease.
          if (!physical.isUntouched()) {
            physical.reset();
          }
          return;
        } catch (SQLException e) {
          // Closed below, as any pool would.
        }
      }
      physical.close();
      current = null;
    }

    @Override
    public int closeIdle(SessionFilter which) {
      closedIdle.add(which);
      if (onCloseIdle == null) {
        return 0;
      }
      onCloseIdle.run();
      return 1;
    }

    @Override
    public void outdate(SessionFilter which) {
      outdated.add(which);
    }

    @Override
    public void pinned(Pin cause, @Nullable StackTraceElement site) {
      pins.add(cause);
      pinSites.add(site);
    }
  }
}
