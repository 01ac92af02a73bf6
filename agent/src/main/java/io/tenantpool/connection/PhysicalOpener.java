package io.tenantpool.connection;

import java.sql.SQLException;

/**
 * Opens one socket to a server: the driver's own {@code connect}, with the agent's advice held off.
 */
@FunctionalInterface
public interface PhysicalOpener {

  /**
   * Opens a connection on the calling thread.
   *
   * @throws SQLException whatever the driver throws, unchanged
   */
  PhysicalConnection open() throws SQLException;
}
