package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes what the application holds instead of a driver's connection: an object with all public
 * interfaces of the driver's connection class, whose every call goes to the physical connection of
 * its lease while that lasts.
 */
public final class LogicalConnections {

  /**
   * Opens a logical connection on a lease of its own, which lasts until the application closes it.
   *
   * @throws SQLException what {@link LeaseSource#acquire} throws, unchanged
   */
  public Connection open(LeaseSource source) throws SQLException {
    Lease lease = source.acquire();
    boolean opened = false;
    try {
      Connection connection = new LogicalConnection(lease).connection();
      opened = true;
      return connection;
    } finally {
      if (!opened) {
        lease.end();
      }
    }
  }
}
