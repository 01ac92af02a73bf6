package io.tenantpool.benchmarks.load;

import java.sql.SQLException;

/** How the application gets at a tenant's connections. */
public interface Access extends AutoCloseable {

  /** Does the work with a connection of the tenant of this number. */
  void use(int tenant, Work work) throws SQLException;

  @Override
  void close();
}
