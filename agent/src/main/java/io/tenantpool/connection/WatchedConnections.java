package io.tenantpool.connection;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Makes what the application holds instead of a driver's connection that is to be watched: an
 * object with all public interfaces of the driver's class, whose every call goes to the driver as
 * it is, on the calling thread and without a lock, and whose every answer and exception is the
 * driver's own.
 */
public final class WatchedConnections {

  private WatchedConnections() {}

  /**
   * Watches {@code opened}.
   *
   * @param origin the application pool whose connection it is; null for the application's own
   * @param watch hears what it does
   */
  public static Connection watch(Connection opened, @Nullable Origin origin, Watch watch) {
    return new WatchedSession(opened, origin, watch).connection();
  }
}
