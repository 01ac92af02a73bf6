package io.tenantpool.pool;

import io.tenantpool.connection.Connecting;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.PhysicalOpener;
import io.tenantpool.connection.WaitEnd;
import java.net.SocketAddress;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connect of a borrower, from the call of the driver until it has come back and either gives a
 * connection or has no socket any more. The thread of the {@link Deadlines} looks at it: it ends
 * with the borrow's deadline, or early when it {@linkplain Unanswered#mustYield must yield}.
 */
final class ConnectUnderWay implements Deadlines.Watched {

  private final ServerPool pool;
  private final Slot slot;
  private final BorrowBound bound;
  private final Connecting connecting = new Connecting();
  private final long began;
  private long tookNanos;
  private boolean wasEnded;
  private @Nullable SocketAddress accepted;
  private boolean hadSocket;

  /** Whether somebody has tried to end it; the deadlines' thread alone. */
  private boolean isEnding;

  /** Why it was ended, if it was; null when it had to yield. */
  private volatile @Nullable WaitEnd end;

  /** Of the calling thread, which owns the slot. */
  ConnectUnderWay(ServerPool pool, Slot slot, BorrowBound bound) {
    this.pool = pool;
    this.slot = slot;
    this.bound = bound;
    this.began = pool.ticker().nanos();
  }

  @Override
  public long look(long now) {
    if (isEnding) {
      return Long.MAX_VALUE / 2 + now;
    }
    WaitEnd due = bound.dueInConnect(now);
    if (due != null) {
      end = due;
    } else if (!mustYield(now)) {
      return bound.connectDeadline();
    }
    isEnding = true;
    connecting.end();
    return Long.MAX_VALUE / 2 + now;
  }

  private boolean mustYield(long now) {
    long elapsed = now - began;
    return elapsed >= Unanswered.SHORTEST_PATIENCE_NANOS
        && pool.books().ask(ledger -> ledger.connects().unanswered().mustYield(slot, elapsed, now));
  }

  /**
   * Connects, and asks the server how many connections it allows where that is not known. On every
   * way out but the normal one no socket is open.
   *
   * @throws SQLException what the driver threw, or something else when it was {@linkplain #wasEnded
   *     ended}
   */
  PhysicalConnection open(PhysicalOpener opener, Consumer<OptionalInt> says) throws SQLException {
    PhysicalConnection physical = null;
    boolean well = false;
    pool.deadlines().watch(this);
    try {
      physical = connecting.open(opener);
      tookNanos = pool.ticker().nanos() - began;
      long doubts = pool.books().ask(ledger -> ledger.book().budget().doubts());
      pool.limitQuestion().ask(physical, doubts, says);
      well = connecting.isWell();
      if (!well) {
        throw new SQLException("ended when it was connected", "08001");
      }
      return physical;
    } finally {
      pool.deadlines().forget(this);
      if (!well) {
        tookNanos = pool.ticker().nanos() - began;
        hadSocket = connecting.hasSocket();
        accepted = connecting.accepted();
        if (physical != null) {
          pool.io().close(physical);
        }
        wasEnded = connecting.failed();
      }
    }
  }

  /** How long the driver took. */
  long tookNanos() {
    return tookNanos;
  }

  /** Whether the agent ended it. */
  boolean wasEnded() {
    return wasEnded;
  }

  /** Whether it was ended for somebody else's sake. */
  boolean hasYielded() {
    return wasEnded && end == null;
  }

  /** Why it was ended, if it was; null when it had to yield. */
  @Nullable WaitEnd end() {
    return end;
  }

  /** What it has come to, for a person. */
  String progress() {
    if (accepted != null) {
      return accepted + " had accepted the connection and not answered";
    }
    return hadSocket ? "nobody had accepted the connection" : "the driver had made no socket yet";
  }
}
