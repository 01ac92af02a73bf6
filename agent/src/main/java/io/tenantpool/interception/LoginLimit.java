package io.tenantpool.interception;

import io.tenantpool.connection.WaitEnd;
import io.tenantpool.connection.WaitLimit;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How long a request for a connection may take by its own words, read as pgjdbc reads them: {@code
 * loginTimeout} of the URL or the properties, else that of the {@link java.sql.DriverManager};
 * {@code socketTimeout}, which bounds every answer of the server. {@code connectTimeout} bounds one
 * attempt to reach one address, and is set by default: no wait in a line is meant by it.
 *
 * <p>Read only when a request has to wait, but for the DriverManager's.
 */
final class LoginLimit {

  private static final String POSTGRESQL = "jdbc:postgresql:";

  private LoginLimit() {}

  /**
   * Of a connection that is opened now, or that an application pool has had for some time.
   *
   * @param ofManager the {@link java.sql.DriverManager}'s timeout, seconds
   */
  static @Nullable WaitLimit of(
      String url, @Nullable Properties info, int ofManager, boolean pooled) {
    boolean readable = url.startsWith(POSTGRESQL);
    String login = readable ? value("loginTimeout", url, info) : null;
    WaitLimit limit =
        WaitLimit.ofMillis(
            pooled ? WaitEnd.LOGIN_TIMEOUT_OF_POOLED : WaitEnd.LOGIN_TIMEOUT,
            login == null ? 1000L * ofManager : millis(login));
    if (pooled || !readable) {
      // The network timeout of a connection that there is already says as much.
      return limit;
    }
    String socket = value("socketTimeout", url, info);
    return socket == null
        ? limit
        : WaitLimit.shorter(limit, WaitLimit.ofMillis(WaitEnd.SOCKET_TIMEOUT, millis(socket)));
  }

  private static @Nullable String value(String name, String url, @Nullable Properties info) {
    for (int at = url.indexOf('?'); at >= 0; at = url.indexOf('&', at + 1)) {
      if (url.startsWith(name + '=', at + 1)) {
        int begin = at + 2 + name.length();
        int end = url.indexOf('&', begin);
        return url.substring(begin, end < 0 ? url.length() : end);
      }
    }
    return info == null ? null : info.getProperty(name);
  }

  /** Of seconds, as text; none of what is no number, which the driver itself complains about. */
  private static long millis(String seconds) {
    try {
      return (long) (Float.parseFloat(seconds) * 1000);
    } catch (NumberFormatException noNumber) {
      return 0;
    }
  }
}
