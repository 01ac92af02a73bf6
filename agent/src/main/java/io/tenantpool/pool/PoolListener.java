package io.tenantpool.pool;

import io.tenantpool.connection.Pin;
import io.tenantpool.upkeep.Faults;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the pool does: the only way out of it. Every method does nothing unless overridden, is
 * called outside all locks of the pool, on whatever thread caused the event, possibly on many at
 * once, and shall return at once. What it throws is told to its {@link #faults} and goes no
 * further. Durations are nanoseconds.
 */
public interface PoolListener {

  /** The number of a connection that the pool only watches: it has none. */
  long ONLY_WATCHED = 0;

  /** Where the pool says what went wrong inside it, or with what it calls; asked once a server. */
  default Faults faults() {
    return new Faults(System.err);
  }

  /** The first request for this server arrived. */
  default void serverAdded(String server) {}

  /**
   * The server allows fewer connections than configured; from now on {@code allowed} is the budget.
   */
  default void budgetLowered(String server, int configured, int allowed) {}

  /** The server allows more than it did before; from now on {@code allowed} is the budget. */
  default void budgetRaised(String server, int configured, int allowed) {}

  /**
   * The server refuses connections although it allows {@code budget}: others use its places. The
   * agent makes do with {@code left} of them for now; told once until {@link #neighboursGone}.
   */
  default void neighboursFound(String server, int budget, int left) {}

  /** The whole {@code budget} can be had again. */
  default void neighboursGone(String server, int budget) {}

  /**
   * A thread has to wait because all {@code budget} connections are in use, the first one for a
   * while: {@link Shortage} says what an episode is.
   */
  default void budgetExhausted(String server, int budget, int waiting) {}

  /** A lease takes longer than {@code tenantpool.leak-detection-threshold}; told once of each. */
  default void leakSuspected(String server, Holder holder) {}

  /** A tenant without connections got its first one, or its first waiter. */
  default void tenantLive(String server, String tenant) {}

  /** The last connection of a tenant is gone and nobody waits: its MBeans and meters go too. */
  default void tenantDormant(String server, String tenant) {}

  /** A physical connection was opened. {@code id} is unique among those of the server. */
  default void opened(String server, String tenant, long id, long nanos) {}

  /**
   * A connect failed with the driver's {@code failure}, which may hold what the application put
   * into the URL.
   */
  default void openFailed(String server, String tenant, Exception failure, long nanos) {}

  /**
   * The server refused a connection for want of room though the budget had some; it will be tried
   * again.
   */
  default void openRefused(String server, String tenant, int open, int budget) {}

  /**
   * The circuit of a tenant, or of the whole server for an empty name, has opened after so many
   * connects in a row that failed, or has closed again: with a connect that succeeded, or when
   * nobody has tried for a while.
   *
   * @param last what the last of them met; null when it has closed
   */
  default void circuit(
      String server,
      String tenant,
      CircuitState state,
      int failures,
      @Nullable SQLException last) {}

  /** A physical connection was closed by the pool. */
  default void closed(String server, String tenant, long id, EvictionCause cause, long ageNanos) {}

  /** A session was made as clean as new. */
  default void reset(String server, String tenant, long id, long nanos) {}

  /** A session could not be made clean; its connection is closed. */
  default void resetFailed(String server, String tenant, long id, Exception failure) {}

  /**
   * A lease of the connection {@code id}, or {@link #ONLY_WATCHED}, was pinned by the application's
   * call at {@code site}; null stands for all call sites that find no place in the server's table.
   * {@code isNew}: the first time on this server that this cause comes from there.
   */
  default void pinned(
      String server,
      String tenant,
      long id,
      Pin cause,
      @Nullable StackTraceElement site,
      boolean isNew) {}

  /** Something of the application is not pooled, for the first time at its site. */
  default void notPooled(Unpooled one) {}

  /** A borrow ended with the acquire timeout; {@code message} is what the application sees. */
  default void timedOut(String server, String tenant, long waitedNanos, String message) {}

  /**
   * It did so while all connections that it could have had were held, for the whole of its wait, by
   * threads that did nothing with them.
   *
   * @param holders who they are and where
   */
  default void heldAndWaited(String server, String tenant, long waitedNanos, String holders) {}

  /**
   * A thread that holds a connection of the tenant got the last one of the server's budget, while
   * {@code waiting} others wait; once until that has not happened for ten seconds.
   */
  default void lastConnectionLent(String server, String tenant, int waiting) {}

  /** A borrow was refused a place in the waiting line; {@code message} is what it sees. */
  default void turnedAway(String server, String tenant, RefusalCause cause, String message) {}

  /**
   * Single borrow and lease times since the last batch. Called by one thread at a time for each
   * server.
   */
  default void samples(BorrowSamples samples) {}

  /** Who watches single borrows, connects and resets; asked once, before the first of them. */
  default ConnectionWatch watch() {
    return ConnectionWatch.NOBODY;
  }

  /**
   * The same of connections that are only watched: a borrow stands for an open or a checkout, a
   * lease for the time until the close or the return.
   */
  default void watched(BorrowSamples samples) {}
}
