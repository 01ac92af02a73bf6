package io.tenantpool.connection;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One lease of one logical connection, and what was made on its physical connection. Under the
 * logical connection's lock, but for {@link #physical}.
 */
final class Binding {

  private final Lease lease;
  private final DriverConnection physical;
  private final OpenObjects open = new OpenObjects();

  /** The causes already counted for this lease. */
  private final Set<Pin> pins = EnumSet.noneOf(Pin.class);

  private boolean isKept;

  /**
   * Every opener of the product makes {@link DriverConnection}s: what a lease does is noted there.
   */
  Binding(Lease lease) {
    this.lease = lease;
    physical = (DriverConnection) lease.physical();
  }

  DriverConnection physical() {
    return physical;
  }

  /** The objects of the application that live on this physical connection. */
  OpenObjects open() {
    return open;
  }

  /** Counts a cause once per lease, for the place that made this call. */
  void pin(Pin cause) {
    pin(cause, null);
  }

  /** Counts a cause once per lease, for {@code site}; for the place that made this call if null. */
  void pin(Pin cause, @Nullable StackTraceElement site) {
    if (pins.add(cause)) {
      lease.pinned(cause, site == null ? CallSite.here() : site);
    }
  }

  /**
   * Why the session cannot serve another checkout now; null when it is at rest. A session of which
   * something was handed out is at rest: it will not serve anybody again.
   */
  @Nullable Pin holdsBack() throws SQLException {
    if (physical.isBroken()) {
      return null;
    }
    return physical.isInTransaction() ? Pin.TRANSACTION : open.holdsBack();
  }

  /**
   * The session is at rest: the next checkout of the same application pool may have it as it is.
   */
  void keep() {
    isKept = true;
  }

  /**
   * Ends the lease. A session that is not {@linkplain #keep kept} is made clean first; one of which
   * something was handed out is closed, unless {@code lost}: of a logical connection that the
   * application lost nobody knows who still uses that.
   */
  void end(boolean lost) {
    if (!physical.isHandedOut()) {
      if (!isKept) {
        physical.disown();
      }
      lease.end();
    } else if (!lost) {
      physical.retire();
      lease.end();
    }
  }
}
