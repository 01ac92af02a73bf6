package io.tenantpool.pool;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Why a borrower was not let connect: others have tried what it wants to try, again and again. What
 * the application gets says what the last of them met, with its SQLState.
 *
 * @param cause what the last of them got; null when that is long ago
 * @param sqlState its SQLState
 * @param vendorCode its vendor's code
 * @param message its message
 * @param failures how many have failed in a row
 * @param failingNanos since when
 * @param nextNanos when the next one may try; 0 when one is trying
 */
record NotTried(
    @Nullable SQLException cause,
    @Nullable String sqlState,
    int vendorCode,
    String message,
    int failures,
    long failingNanos,
    long nextNanos) {

  /** What the borrower of this tenant is told. */
  SQLException exception(String server, String tenant) {
    StringBuilder text = new StringBuilder(message.length() + 200).append(message);
    text.append(" (tenant-pool: not tried for tenant '").append(tenant).append("' on ");
    text.append(server).append(": ").append(failures).append(" connects in a row failed since ");
    text.append(millis(failingNanos)).append(" ago, ");
    if (nextNanos > 0) {
      text.append("the next try is in ").append(millis(nextNanos));
    } else {
      text.append("another one is trying");
    }
    text.append("; tenantpool.circuit-breaker=false has each borrower try)");
    String reason = text.toString();
    return isPassing()
        ? new SQLTransientConnectionException(reason, sqlState, vendorCode, cause)
        : new SQLException(reason, sqlState, vendorCode, cause);
  }

  /** Whether the same may succeed later, with nothing changed but the server's state. */
  private boolean isPassing() {
    return sqlState != null
        && (sqlState.startsWith("08") || sqlState.startsWith("53") || sqlState.startsWith("57"));
  }

  private static String millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
  }
}
