package io.tenantpool.connection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.ref.Cleaner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is watched: whether it is busy, and what would pin its lease if it were
 * pooled. Asks the driver nothing that costs a round trip. Thread-safe.
 */
final class WatchedSession implements PoolSide {

  private final Connection raw;
  private final @Nullable Origin origin;
  private final Watch watch;
  private final DriverTypes types;
  private final @Nullable PostgresDriver postgres;
  private final WatchedObject self;
  private final Cleaner.Cleanable lost;

  /** The causes already counted for this lease. */
  @GuardedBy("this")
  private final Set<Pin> pins = EnumSet.noneOf(Pin.class);

  /** Of an application pool's connection, as long as the application has them. */
  @GuardedBy("this")
  private final Set<WatchedObject> statements = Collections.newSetFromMap(new WeakHashMap<>());

  @GuardedBy("this")
  private int running;

  @GuardedBy("this")
  private boolean inTransaction;

  @GuardedBy("this")
  private boolean checkedOut;

  @GuardedBy("this")
  private boolean settingUp;

  @GuardedBy("this")
  private boolean busy;

  WatchedSession(Connection raw, @Nullable Origin origin, Watch watch) {
    this.raw = raw;
    this.origin = origin;
    this.watch = watch;
    this.settingUp = origin != null;
    types = DriverTypes.of(raw.getClass());
    postgres = PostgresDriver.of(raw.getClass());
    self = new WatchedObject(this, raw, types.of(raw));
    lost = LeaseEnd.CLEANER.register(this, watch::closed);
  }

  Connection connection() {
    return (Connection) self.proxy();
  }

  DriverTypes types() {
    return types;
  }

  // ---- in whose hands it is

  @Override
  public synchronized void setUpEnded() {
    settingUp = false;
  }

  @Override
  public void lent() {
    if (origin != null) {
      origin.sawLending();
    }
    synchronized (this) {
      checkOut();
    }
  }

  @GuardedBy("this")
  private void checkOut() {
    if (!checkedOut) {
      checkedOut = true;
      pins.clear();
      watch.lent();
      tellIfBusy();
    }
  }

  @Override
  public void returned() {
    Pin pin = holdsBack();
    if (pin != null) {
      wouldPin(pin);
    }
    synchronized (this) {
      if (checkedOut) {
        checkedOut = false;
        watch.returned();
        tellIfBusy();
      }
    }
  }

  /** It was closed or lost; nothing when that is known. */
  void closedIfClosed() {
    boolean closed;
    try {
      closed = raw.isClosed();
    } catch (SQLException | RuntimeException e) {
      // Who cannot say is not open.
      closed = true;
    }
    if (closed) {
      lost.clean();
    }
  }

  // ---- what it does

  /** A statement begins, or the end of a transaction. */
  synchronized void begins() {
    running++;
    if (origin != null && !settingUp && !origin.lends()) {
      // Of a pool that is never seen to lend, as of one nobody knows.
      checkOut();
    }
    tellIfBusy();
  }

  /** It has ended, well or not. */
  void ended() {
    boolean open = isInTransaction();
    synchronized (this) {
      running--;
      inTransaction = open;
      tellIfBusy();
    }
  }

  @GuardedBy("this")
  private void tellIfBusy() {
    boolean now = running > 0 || inTransaction || checkedOut;
    if (now != busy) {
      busy = now;
      if (now) {
        watch.busy();
      } else {
        watch.idle();
      }
    }
  }

  private boolean isInTransaction() {
    try {
      // Other drivers are not asked for more than JDBC has: without autocommit one is always open.
      return postgres == null ? !raw.getAutoCommit() : postgres.inTransaction(raw);
    } catch (SQLException | RuntimeException e) {
      return false;
    }
  }

  synchronized void opened(WatchedObject statement) {
    if (origin != null) {
      statements.add(statement);
    }
  }

  synchronized void closed(WatchedObject statement) {
    statements.remove(statement);
  }

  // ---- what pooling could not take away

  private @Nullable Pin holdsBack() {
    if (isInTransaction()) {
      return Pin.TRANSACTION;
    }
    Set<WatchedObject> open;
    synchronized (this) {
      open = Set.copyOf(statements);
    }
    for (WatchedObject statement : open) {
      Pin pin = statement.holdsBack();
      if (pin != null) {
        return pin;
      }
    }
    return null;
  }

  /** Counts a cause once per lease. */
  void wouldPin(Pin cause) {
    synchronized (this) {
      if (!pins.add(cause)) {
        return;
      }
    }
    watch.wouldPin(cause, CallSite.here());
  }
}
