package io.tenantpool.performance;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;

/** Stands where the instrumented driver would, under a URL prefix of its own. */
final class BenchDriver implements Driver {

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

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }
}
