package io.tenantpool.pool;

import io.tenantpool.connection.Caller;
import io.tenantpool.connection.WaitEnd;
import io.tenantpool.connection.WaitLimit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What bounds one borrow: the acquire timeout or a shorter limit of the caller's, another thread
 * that calls it off, an interrupt. A driver alone does not look at the interrupt flag while it
 * connects, so an interrupted borrower goes on for a while, and keeps the flag. On the borrower's
 * thread.
 */
final class BorrowBound {

  /** How long an interrupted thread waits on, at most. */
  static final long INTERRUPTED_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private static final long LAST_MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

  /** A driver that bounds its login itself begins to count a little later. */
  private static final long LAST_MOMENT_OF_DRIVER_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

  private final Ticker ticker;
  private final @Nullable Caller caller;
  private final long acquireNanos;
  private final WaitEnd limit;
  private final long start;
  private final long deadline;
  private final WaitEnd connectLimit;
  private final long connectDeadline;
  private boolean interrupted;
  private long interruptEnds;

  /** Of a borrow that began at {@code start}. */
  BorrowBound(
      Ticker ticker,
      long start,
      long acquireNanos,
      @Nullable WaitLimit shorter,
      @Nullable Caller caller) {
    this.ticker = ticker;
    this.caller = caller;
    this.acquireNanos = acquireNanos;
    this.start = start;
    WaitLimit own = new WaitLimit(WaitEnd.ACQUIRE_TIMEOUT, acquireNanos);
    WaitLimit holds = shorter != null && shorter.nanos() < acquireNanos ? shorter : own;
    limit = holds.end();
    deadline = start + holds.nanos();
    // The driver itself sees to each answer; how long all of them take is another matter.
    boolean isOfEachAnswer = limit == WaitEnd.SOCKET_TIMEOUT;
    connectLimit = isOfEachAnswer ? WaitEnd.ACQUIRE_TIMEOUT : limit;
    connectDeadline =
        (isOfEachAnswer ? start + acquireNanos : deadline)
            + (limit == WaitEnd.LOGIN_TIMEOUT ? LAST_MOMENT_OF_DRIVER_NANOS : LAST_MOMENT_NANOS);
  }

  /** From now on another thread may call the borrow off, until {@link #ended}. */
  void begins() {
    if (caller != null) {
      Thread borrower = Thread.currentThread();
      caller.waits(() -> ticker.unpark(borrower));
    }
  }

  void ended() {
    if (caller != null) {
      caller.waitsNoMore();
    }
  }

  /** It has ended so, without a lease. */
  void endedInVain(WaitEnd end) {
    if (caller != null) {
      caller.ended(end);
    }
  }

  /** What is to end the borrow now; null when it may go on. */
  @Nullable WaitEnd due(long now) {
    WaitEnd calledOff = caller == null ? null : caller.calledOff();
    if (calledOff != null) {
      return calledOff;
    }
    if (now - deadline >= 0) {
      return limit;
    }
    return interrupted && now - interruptEnds >= 0 ? WaitEnd.INTERRUPTED : null;
  }

  /**
   * The same for a borrow that connects: an interrupt does not end that, as with a driver alone.
   * From any thread.
   */
  @Nullable WaitEnd dueInConnect(long now) {
    WaitEnd calledOff = caller == null ? null : caller.calledOff();
    return calledOff == null ? late(now) : calledOff;
  }

  /** The limit that has passed, so that it is too late to begin a connect; null when it is not. */
  @Nullable WaitEnd late(long now) {
    return now - connectDeadline >= 0 ? connectLimit : null;
  }

  /**
   * When a connect has to end: a moment after the deadline, so that one who was granted a permit at
   * the last moment may use it, and a driver that bounds its login itself says so in its own words.
   */
  long connectDeadline() {
    return connectDeadline;
  }

  /**
   * When a question to a session has to end that takes so long at most: early enough to open
   * another session instead.
   */
  long deadlineOfQuestion(long now, long mostNanos) {
    return now + Math.min(mostNanos, Math.max(0, deadline - now) / 2);
  }

  /** How long it may take altogether. */
  long nanos() {
    return deadline - start;
  }

  /** How long it may go on if nobody calls it off. */
  long remaining(long now) {
    long left = deadline - now;
    return Math.max(0, interrupted ? Math.min(left, interruptEnds - now) : left);
  }

  /** How long it has gone on. */
  long elapsed(long now) {
    return now - start;
  }

  /** Whether it is worth while for the caller to wait. */
  boolean waits() {
    return caller == null || caller.waitsForRoom();
  }

  /** The agent's own limit. */
  long acquireNanos() {
    return acquireNanos;
  }

  /**
   * Parks for so long at most. With the flag up a thread does not park, so it is taken down; {@link
   * #restoreInterrupt} puts it back.
   */
  void park(Object blocker, long nanos) {
    noteInterrupt();
    ticker.park(blocker, Math.min(nanos, remaining(ticker.nanos())));
    noteInterrupt();
  }

  private void noteInterrupt() {
    if (Thread.interrupted() && !interrupted) {
      interrupted = true;
      interruptEnds = ticker.nanos() + INTERRUPTED_NANOS;
    }
  }

  /** The application, and a driver that connects, are to find the flag as it was set. */
  void restoreInterrupt() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
