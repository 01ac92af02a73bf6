package io.tenantpool.interception;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.Watch;
import io.tenantpool.connection.WatchedConnections;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.routing.Route;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Has the driver open connections that are watched: {@code tenantpool.mode=observe}. */
final class WatchedOpening {

  private final PoolManager pool;
  private final Faults faults;

  WatchedOpening(PoolManager pool, Faults faults) {
    this.pool = pool;
    this.faults = faults;
  }

  /**
   * The watched connection; the driver's own when it cannot be watched; null when the driver
   * declines the URL.
   *
   * @param origin the application pool that opens it; null for the application itself
   * @throws SQLException the driver's
   */
  @Nullable Connection open(Route.Pooled route, DriverOpener opener, @Nullable Origin origin)
      throws SQLException {
    long began = pool.nanos();
    Connection opened = opener.connect();
    if (opened == null) {
      return null;
    }
    try {
      Watch watch = pool.watch(route, origin != null, pool.nanos() - began);
      return WatchedConnections.watch(opened, origin, watch);
    } catch (Throwable fault) {
      faults.report(FaultKind.CALL, "could not watch a connection", fault);
      return opened;
    }
  }
}
