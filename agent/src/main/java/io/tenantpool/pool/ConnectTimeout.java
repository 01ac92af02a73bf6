package io.tenantpool.pool;

import io.tenantpool.connection.WaitEnd;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Why a borrow that had its permit ended without a session, in the words that the application's log
 * will show at night: the server was silent, and that is what the reader has to look after.
 */
final class ConnectTimeout {

  private final String server;
  private final Slot slot;
  private final BorrowBound bound;
  private final int connecting;
  private final int unanswered;
  private final int budget;
  private final @Nullable EvictionCause before;

  ConnectTimeout(
      String server,
      ServerLedger ledger,
      Slot slot,
      BorrowBound bound,
      @Nullable EvictionCause before) {
    this.server = server;
    this.slot = slot;
    this.bound = bound;
    this.before = before;
    connecting = ledger.book().counters().connecting;
    unanswered = ledger.connects().unanswered().count();
    budget = ledger.book().budget().budget();
  }

  /** Of a connect that was ended; {@code how} far it had come after so many nanoseconds. */
  SQLException exception(WaitEnd end, String how, long nanos, Throwable cause) {
    return end.unanswered(
        message(end, "it was connecting, for " + millis(nanos) + ", and " + how), cause);
  }

  /** Of one that was not even begun. */
  SQLException exception(WaitEnd end) {
    return end.unanswered(message(end, spent()), null);
  }

  private String spent() {
    if (before == EvictionCause.VALIDATION) {
      return "the free session gave no sign of life, and no time was left to open another";
    }
    return before == EvictionCause.RESET
        ? "the free session could not be reset, and no time was left to open another"
        : "no time was left to open one";
  }

  private String message(WaitEnd end, String what) {
    return "tenant-pool: tenant '"
        + slot.tenant().name()
        + "' on "
        + server
        + ": "
        + outcome(end)
        + ": "
        + what
        + "; of the "
        + budget
        + " connections of the server "
        + connecting
        + " were connecting, "
        + unanswered
        + " of them unanswered for long. Look after the server and the way to it";
  }

  private String outcome(WaitEnd end) {
    if (end.limit() != null) {
      return "no connection within " + millis(bound.nanos()) + ", the caller's own " + end.limit();
    }
    return switch (end) {
      case CANCELLED -> "cancelled by the application";
      case CLOSED -> "closed by the application";
      default ->
          "no connection within " + millis(bound.acquireNanos()) + ", tenantpool.acquire-timeout";
    };
  }

  private static String millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
  }
}
