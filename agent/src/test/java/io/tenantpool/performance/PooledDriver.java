package io.tenantpool.performance;

import io.tenantpool.config.Mode;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.LogicalConnections;
import io.tenantpool.interception.Creations;
import io.tenantpool.interception.Redirect;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import io.tenantpool.routing.Router;
import io.tenantpool.upkeep.Faults;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The driver as an application under the agent meets it, over a pool of its own. */
final class PooledDriver implements AutoCloseable {

  private final Driver driver = new org.postgresql.Driver();
  private final PoolManager pool;
  private final Redirect redirect;

  PooledDriver(Settings settings) {
    this(settings, new ModeSwitch(Mode.POOL));
  }

  /** The same, where {@code mode} may change. */
  PooledDriver(Settings settings, ModeSwitch mode) {
    pool = new PoolManager(settings, Ticker.system(), new PoolListener() {});
    pool.start();
    redirect =
        new Redirect(
            new Router(settings, System::nanoTime),
            pool,
            new LogicalConnections(),
            new Creations(),
            new Faults(System.err),
            mode);
  }

  Connection connect(String url) throws Throwable {
    return connect(url, null);
  }

  Connection connect(String url, @Nullable Properties info) throws Throwable {
    return (Connection) Objects.requireNonNull(redirect.connect(driver, url, info));
  }

  /** A connection that the agent has nothing to do with. */
  Connection raw(String url) throws SQLException {
    return driver.connect(url, null);
  }

  PoolManager pool() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
