package io.tenantpool.connection;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a caller is willing to wait for a physical connection.
 *
 * @param end which of its limits that is
 * @param nanos from the moment in which it asks
 */
public record WaitLimit(WaitEnd end, long nanos) {

  /** So long; null when that is no time at all, which JDBC and the drivers take for no limit. */
  public static @Nullable WaitLimit ofMillis(WaitEnd end, long millis) {
    return millis <= 0 ? null : new WaitLimit(end, TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** The shorter one; null when there is none. */
  public static @Nullable WaitLimit shorter(@Nullable WaitLimit one, @Nullable WaitLimit other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.nanos < one.nanos ? other : one;
  }
}
