package io.tenantpool.connection;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

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

  /**
   * How long the request that is behind it may take by its own words; null for as long as it takes.
   *
   * @param pooled whether an application pool has had the connection for some time
   */
  default @Nullable WaitLimit limit(boolean pooled) {
    return null;
  }
}
