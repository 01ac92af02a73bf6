package io.tenantpool.observation.jfr;

import io.tenantpool.connection.Pin;
import io.tenantpool.pool.ConnectionLabel;
import io.tenantpool.pool.ConnectionWatch;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.PinSite;
import io.tenantpool.pool.PoolListener;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import org.jspecify.annotations.Nullable;

/**
 * Writes events into the recordings that run. Each is committed by the thread whose stack it shows.
 * Until the recorder is initialized, with the first recording of the JVM, the classes of the events
 * are not touched: loading them would initialize half of it. After that, without a recording, the
 * JVM answers {@code isEnabled} with no, and no event is made.
 */
public final class FlightRecording implements ConnectionWatch, PoolListener {

  private volatile boolean awake;

  /**
   * To be called in a JVM that has the module {@code jdk.jfr}: without it this class cannot be
   * loaded. Loads next to nothing of the recorder.
   */
  public static FlightRecording start() {
    FlightRecording recording = new FlightRecording();
    FlightRecorder.addListener(
        new FlightRecorderListener() {
          @Override
          public void recorderInitialized(FlightRecorder recorder) {
            recording.awake = true;
          }
        });
    return recording;
  }

  private FlightRecording() {}

  @Override
  public @Nullable Borrowing borrowing() {
    return awake && Probes.BORROW.isEnabled() ? new Borrow() : null;
  }

  @Override
  public @Nullable Work opening() {
    return awake ? new OpenEvent().begun() : null;
  }

  @Override
  public @Nullable Work resetting() {
    return awake && Probes.RESET.isEnabled() ? new ResetEvent().begun() : null;
  }

  @Override
  public void closed(ConnectionLabel connection, EvictionCause cause, long ageNanos) {
    if (!awake) {
      return;
    }
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
    if (!awake) {
      return;
    }
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
    if (!awake) {
      return;
    }
    TimeoutEvent event = new TimeoutEvent();
    if (event.shouldCommit()) {
      event.server = server;
      event.tenant = tenant;
      event.waited = waitedNanos;
      event.commit();
    }
  }

  /** Asked whether anybody records, so that no event is made for that. */
  private static final class Probes {
    static final BorrowEvent BORROW = new BorrowEvent();
    static final ResetEvent RESET = new ResetEvent();
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
