package io.tenantpool.connection;

import java.lang.reflect.Proxy;
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

  /** The application pool has set {@code connection} up. Ignores what is not watched. */
  public static void setUpEnded(@Nullable Object connection) {
    WatchedSession session = find(connection);
    if (session != null) {
      session.setUpEnded();
    }
  }

  /** The application pool hands {@code connection} out. Ignores what is not watched. */
  public static void lent(@Nullable Object connection) {
    WatchedSession session = find(connection);
    if (session != null) {
      session.lent();
    }
  }

  /** The application pool has {@code connection} back. Ignores what is not watched. */
  public static void returned(@Nullable Object connection) {
    WatchedSession session = find(connection);
    if (session != null) {
      session.returned();
    }
  }

  private static @Nullable WatchedSession find(@Nullable Object connection) {
    return connection instanceof Proxy
            && Proxy.getInvocationHandler(connection) instanceof WatchedObject object
            && object.kind() == ObjectKind.CONNECTION
        ? object.session()
        : null;
  }
}
