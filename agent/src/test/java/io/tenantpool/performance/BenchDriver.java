package io.tenantpool.performance;

import io.tenantpool.interception.StubDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Stands where the instrumented driver would, under a URL prefix of its own. */
final class BenchDriver extends StubDriver {

  /** What the instrumented {@code connect} does. */
  @FunctionalInterface
  interface Way {
    Connection connect(String url, Properties info) throws Throwable;
  }

  private final String prefix;
  private final Way way;

  BenchDriver(String prefix, Way way) {
    this.prefix = prefix;
    this.way = way;
  }

  @Override
  public Connection connect(String url, Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    try {
      return way.connect(url.substring(prefix.length()), info);
    } catch (SQLException e) {
      throw e;
    } catch (Throwable e) {
      throw new SQLException(e);
    }
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(prefix);
  }
}
