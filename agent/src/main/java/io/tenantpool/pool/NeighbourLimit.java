package io.tenantpool.pool;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * How many connections the others who use a server leave, found out as TCP finds out what a network
 * carries (additive increase, multiplicative decrease): a connect that is refused for want of room
 * for longer than the server needs to free a place lowers the limit to seven eighths of what is
 * open; then it rises by a twentieth of the budget at a time while connects succeed, more and more
 * slowly where each rise meets a refusal, until there is no limit any more. So of two pools that
 * share a server neither keeps the other small. Knows no clock, and is not thread-safe: the
 * server's lock guards it.
 */
final class NeighbourLimit {

  /** PostgreSQL needs a few milliseconds to free the place of a connection that was closed. */
  static final long PERSISTENT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  static final long FIRST_RISE_NANOS = TimeUnit.SECONDS.toNanos(1);
  static final long LONGEST_RISE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final int STEPS = 20;

  private int limit = ConnectionBudget.NO_LIMIT;
  private long changedAt;
  private long loweredAt;
  private long refusedAt;
  private long riseNanos = FIRST_RISE_NANOS;
  private boolean rose;
  private boolean connected;

  /**
   * A connect was refused for want of room, and all its tries since {@code since}; true when that
   * lowers the limit. Whoever was refused under an older limit lowers the new one not.
   *
   * @param open how many connections there are, asked only when the limit is lowered
   */
  boolean refused(long since, IntSupplier open, long now) {
    refusedAt = now;
    boolean older = isInForce() && since - loweredAt < 0;
    if (older || now - since < PERSISTENT_NANOS) {
      return false;
    }
    // A rise that was refused at once is tried again after twice the time.
    riseNanos = rose ? Math.min(LONGEST_RISE_NANOS, 2 * riseNanos) : FIRST_RISE_NANOS;
    rose = false;
    connected = false;
    limit = Math.max(1, (int) (Math.min(limit, open.getAsInt()) * 7L / 8));
    loweredAt = now;
    changedAt = now;
    return true;
  }

  /** A connect succeeded. */
  void connected() {
    connected = true;
  }

  /**
   * To be called from time to time; true when the limit rose, or is over.
   *
   * @param ceiling the budget without neighbours
   * @param wanted whether somebody waits for one connection more
   */
  boolean look(int ceiling, boolean wanted, long now) {
    if (!isInForce()) {
      return false;
    }
    if (limit >= ceiling) {
      end();
      return true;
    }
    boolean quiet = now - changedAt >= riseNanos && now - refusedAt >= riseNanos;
    if (!quiet || !(connected || wanted)) {
      return false;
    }
    riseNanos = rose ? Math.max(FIRST_RISE_NANOS, riseNanos / 2) : riseNanos;
    rose = true;
    connected = false;
    limit += Math.max(1, ceiling / STEPS);
    changedAt = now;
    if (limit >= ceiling) {
      end();
    }
    return true;
  }

  private void end() {
    limit = ConnectionBudget.NO_LIMIT;
    riseNanos = FIRST_RISE_NANOS;
    rose = false;
  }

  boolean isInForce() {
    return limit != ConnectionBudget.NO_LIMIT;
  }

  /** {@link ConnectionBudget#NO_LIMIT} while there is no shortage. */
  int limit() {
    return limit;
  }
}
