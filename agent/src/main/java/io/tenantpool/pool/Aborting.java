package io.tenantpool.pool;

import io.tenantpool.connection.PhysicalConnection;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A question to a session that must be answered by a deadline; else the session is aborted under
 * it.
 */
final class Aborting implements Deadlines.Watched {

  private final SessionIo io;
  private final PhysicalConnection physical;
  private final long deadline;
  private final AtomicBoolean over = new AtomicBoolean();

  Aborting(SessionIo io, PhysicalConnection physical, long deadline) {
    this.io = io;
    this.physical = physical;
    this.deadline = deadline;
  }

  @Override
  public long look(long now) {
    if (now - deadline >= 0 && over.compareAndSet(false, true)) {
      io.abort(physical);
    }
    return over.get() ? now + Long.MAX_VALUE / 2 : deadline;
  }

  /** The answer is there, or will never be. False when the session was aborted before that. */
  boolean inTime() {
    return over.compareAndSet(false, true);
  }
}
