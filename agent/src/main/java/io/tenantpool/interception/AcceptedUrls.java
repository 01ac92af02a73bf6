package io.tenantpool.interception;

import java.sql.Driver;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether a driver takes a URL. {@code DriverManager} asks every driver in turn, so a driver must
 * be able to decline before anything is pooled. One yes stands for every URL of the same
 * subprotocol: asking again would have the driver parse the URL each time. What is remembered hangs
 * on the driver's class and dies with it.
 */
final class AcceptedUrls {

  private final ClassValue<Set<String>> subprotocols =
      new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> driver) {
          return ConcurrentHashMap.newKeySet();
        }
      };

  /** Whether {@code driver} takes {@code url}, or took one of its kind before. */
  boolean accepts(Driver driver, String url) {
    Set<String> accepted = subprotocols.get(driver.getClass());
    String subprotocol = subprotocol(url);
    if (accepted.contains(subprotocol)) {
      return true;
    }
    try {
      return driver.acceptsURL(url) && (accepted.add(subprotocol) || true);
    } catch (SQLException | RuntimeException cannotTell) {
      // It will say so again when it is asked for the connection.
      return false;
    }
  }

  /** {@code jdbc:postgresql:} of {@code jdbc:postgresql://host/db}. */
  private static String subprotocol(String url) {
    int first = url.indexOf(':');
    int second = url.indexOf(':', first + 1);
    return second < 0 ? url : url.substring(0, second + 1);
  }
}
