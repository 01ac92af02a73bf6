package io.tenantpool.interception;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Asks the driver for every connection, as a driver's own data source does. */
public final class TapedDataSource implements DataSource {

  private final TapedDriver driver;

  TapedDataSource(TapedDriver driver) {
    this.driver = driver;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return driver.connect("jdbc:postgresql://db/acme", new Properties());
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("stub");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("no");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
