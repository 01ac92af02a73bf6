package io.tenantpool.interception;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A {@code connect} with all that makes frames: loops, handlers, wide locals, new parameters. */
public class BusyDriver extends StubDriver {

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    long sum = 0;
    for (int i = 0; i < url.length(); i++) {
      double wide = url.charAt(i);
      sum += (long) wide;
      if (sum < 0) {
        return null;
      }
    }
    info = new Properties();
    try {
      url = String.valueOf(Long.parseLong(url));
    } catch (NumberFormatException notANumber) {
      url = null;
    }
    Object last = url == null ? info : url;
    synchronized (this) {
      if (last == info && sum % 2 == 3) {
        throw new SQLException("never");
      }
    }
    return connection();
  }
}
