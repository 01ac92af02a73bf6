package io.tenantpool.it.pools.library;

import java.sql.SQLException;
import javax.sql.DataSource;

/** One pool library. */
public interface PoolAdapter {

  /** A pool; whoever opens it closes it. */
  DataSource open(PoolSettings settings) throws SQLException;

  /** The same, of a pool that tests the connections that it lends. */
  default DataSource openTesting(PoolSettings settings) throws SQLException {
    return open(settings);
  }

  /** How many connections a pool of {@link #open} believes to have. */
  int connections(DataSource pool) throws SQLException;

  /** Closes a pool of {@link #open}. */
  void close(DataSource pool) throws SQLException;

  /** Whether {@link PoolSettings#autoCommit} is obeyed. */
  default boolean setsAutoCommit() {
    return true;
  }

  /**
   * Whether a pool with this mode undoes a transaction that is open when a connection comes back.
   */
  default boolean rollsBackOnReturn(boolean autoCommit) {
    return true;
  }

  /** The adapter with this class name. */
  static PoolAdapter named(String className) throws ReflectiveOperationException {
    return (PoolAdapter) Class.forName(className).getConstructor().newInstance();
  }
}
