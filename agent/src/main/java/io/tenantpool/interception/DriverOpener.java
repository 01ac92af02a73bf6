package io.tenantpool.interception;

import io.tenantpool.bootstrap.PhysicalOpening;
import io.tenantpool.connection.DriverConnection;
import io.tenantpool.connection.LoginAnswers;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.PhysicalOpener;
import io.tenantpool.connection.WaitLimit;
import io.tenantpool.routing.Account;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** The driver's own {@code connect} for one request, held back from being redirected again. */
final class DriverOpener implements PhysicalOpener {

  private final Driver driver;
  private final String url;
  private final @Nullable Properties info;

  /** The zone that the session is to have, whatever the JVM's is by then; empty for the JVM's. */
  private final String timeZone;

  private final Account account;
  private final LoginAnswers logins;

  private final String server;
  private final LeftToDriver leftToDriver;

  /** As the driver would have found it. */
  private final int loginSeconds = DriverManager.getLoginTimeout();

  private volatile boolean declined;
  private volatile @Nullable Throwable failure;

  /** {@code info} belongs to this opener from now on. */
  DriverOpener(
      Driver driver,
      String url,
      @Nullable Properties info,
      String server,
      LeftToDriver leftToDriver,
      String timeZone,
      Account account,
      LoginAnswers logins) {
    this.driver = driver;
    this.url = url;
    this.info = info;
    this.server = server;
    this.leftToDriver = leftToDriver;
    this.timeZone = timeZone;
    this.account = account;
    this.logins = logins;
  }

  /** The same for sessions with another zone. */
  DriverOpener inZone(String zone) {
    return zone.equals(timeZone)
        ? this
        : new DriverOpener(driver, url, info, server, leftToDriver, zone, account, logins);
  }

  @Override
  public PhysicalConnection open() throws SQLException {
    // The driver asks for the zone at some time in between.
    boolean hasZone = isZone();
    Connection connection = connect();
    if (connection == null) {
      declined = true;
      throw new SQLException("the driver does not take this URL", "08001");
    }
    DriverConnection physical =
        DriverConnection.of(connection, hasZone && isZone() ? null : timeZone, logins.of(account));
    if (!physical.hasReset()) {
      leftToDriver.withoutReset(driver, server);
    }
    return physical;
  }

  private boolean isZone() {
    return timeZone.isEmpty() || timeZone.equals(TimeZone.getDefault().getID());
  }

  @Override
  public @Nullable WaitLimit limit(boolean pooled) {
    return LoginLimit.of(url, info, loginSeconds, pooled);
  }

  /** The driver's own object; null when the URL is not its own. */
  // The JDBC contract lets a driver answer null; NullAway knows no annotated JDK here.
  @SuppressWarnings("NullAway")
  @Nullable Connection connect() throws SQLException {
    boolean nested = PhysicalOpening.begin();
    try {
      return driver.connect(url, info == null ? null : PropertiesCopy.of(info));
    } catch (SQLException refused) {
      throw refused;
    } catch (Throwable thrown) {
      // Also a checked exception that nobody has declared.
      failure = thrown;
      throw thrown;
    } finally {
      PhysicalOpening.end(nested);
    }
  }

  Class<?> driverClass() {
    return driver.getClass();
  }

  /** Whether the driver answered that the URL is not its own. */
  boolean declined() {
    return declined;
  }

  /** Whether {@code thrown} came out of the driver. */
  boolean threw(Throwable thrown) {
    return thrown == failure;
  }
}
