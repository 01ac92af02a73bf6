package io.tenantpool.connection;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * The end of one lease: by its logical connection, or, if the application lost that without closing
 * it, after the garbage collector found it. pgjdbc closes the socket of a lost connection in the
 * same way; without this a lost connection would hold its permit for ever.
 */
final class LeaseEnd implements Runnable {

  private static final Cleaner CLEANER = Cleaner.create();

  private final Lease lease;
  private final DriverConnection physical;
  private Cleaner.@Nullable Cleanable registration;
  private volatile boolean closed;

  private LeaseEnd(Lease lease, DriverConnection physical) {
    this.lease = lease;
    this.physical = physical;
  }

  /**
   * The end of the lease of {@code owner}. The owner is reachable as long as a call or any object
   * made from it is, so nobody is with the driver when it is lost.
   */
  static LeaseEnd of(LogicalConnection owner, Lease lease, DriverConnection physical) {
    LeaseEnd end = new LeaseEnd(lease, physical);
    end.registration = CLEANER.register(owner, end);
    return end;
  }

  /** Ends the lease of a connection that was closed; called once. */
  void now() {
    closed = true;
    Cleaner.Cleanable registered = registration;
    if (registered != null) {
      registered.clean();
    }
  }

  /** Runs once, whoever comes first: {@link #now} or the garbage collector. */
  @Override
  public void run() {
    // Of a lost connection whose physical object was handed out, nobody knows who still uses it.
    if (!physical.isHandedOut()) {
      lease.end();
    } else if (closed) {
      physical.retire();
      lease.end();
    }
  }
}
