package io.tenantpool.observation.jfr;

import io.tenantpool.connection.Pin;
import io.tenantpool.pool.ConnectionLabel;
import io.tenantpool.pool.ConnectionWatch;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.PinSite;
import io.tenantpool.pool.PoolListener;
import org.jspecify.annotations.Nullable;

/**
 * Writes events into the recordings that run. Each is committed by the thread whose stack it shows.
 * Without a recording the JVM answers {@code isEnabled} with a constant, and no event is made.
 */
public final class FlightRecording implements ConnectionWatch, PoolListener {

  private final BorrowEvent borrowProbe = new BorrowEvent();
  private final ResetEvent resetProbe = new ResetEvent();

  /**
   * Null in a JVM without the module {@code jdk.jfr}. Loads the classes of the events; the recorder
   * itself stays as it is.
   */
  public static @Nullable FlightRecording whereThere() {
    return ModuleLayer.boot().findModule("jdk.jfr").isPresent() ? new FlightRecording() : null;
  }

  private FlightRecording() {}

  @Override
  public @Nullable Borrowing borrowing() {
    return borrowProbe.isEnabled() ? new Borrow() : null;
  }

  @Override
  public Work opening() {
    OpenEvent event = new OpenEvent();
    event.begin();
    return (connection, successful) -> {
      event.end();
      if (event.shouldCommit()) {
        event.of(connection);
        event.successful = successful;
        event.commit();
      }
    };
  }

  @Override
  public @Nullable Work resetting() {
    if (!resetProbe.isEnabled()) {
      return null;
    }
    ResetEvent event = new ResetEvent();
    event.begin();
    return (connection, successful) -> {
      event.end();
      if (event.shouldCommit()) {
        event.of(connection);
        event.successful = successful;
        event.commit();
      }
    };
  }

  @Override
  public void closed(ConnectionLabel connection, EvictionCause cause, long ageNanos) {
    EvictEvent event = new EvictEvent();
    if (event.shouldCommit()) {
      event.of(connection);
      event.cause = cause.name();
      event.age = ageNanos;
      event.commit();
    }
  }

  @Override
  public void pinned(
      String server,
      String tenant,
      long id,
      Pin cause,
      @Nullable StackTraceElement site,
      boolean isNew) {
    PinEvent event = new PinEvent();
    if (event.shouldCommit()) {
      event.server = server;
      event.tenant = tenant;
      event.connection = id;
      event.cause = cause.name();
      event.site = PinSite.text(site);
      event.commit();
    }
  }

  @Override
  public void timedOut(String server, String tenant, long waitedNanos, String message) {
    TimeoutEvent event = new TimeoutEvent();
    if (event.shouldCommit()) {
      event.server = server;
      event.tenant = tenant;
      event.waited = waitedNanos;
      event.commit();
    }
  }

  /** One borrow; of the lease that follows, a recording shows no end. */
  private static final class Borrow implements Borrowing {

    private final BorrowEvent event = new BorrowEvent();

    Borrow() {
      event.begin();
    }

    @Override
    public void lent(ConnectionLabel connection, boolean first) {
      event.end();
      if (event.shouldCommit()) {
        event.of(connection);
        event.opened = first;
        event.commit();
      }
    }

    @Override
    public void returned(ConnectionLabel connection, @Nullable EvictionCause unfit) {}
  }
}
