package io.tenantpool.benchmarks.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** {@link DriverManager} for each unit of work. */
final class ConnectionForEachUse implements Access {

  private final Tenants tenants;

  ConnectionForEachUse(Tenants tenants) {
    this.tenants = tenants;
  }

  @Override
  public void use(int tenant, Work work) throws SQLException {
    try (Connection connection = DriverManager.getConnection(tenants.url(tenant))) {
      work.run(connection);
    }
  }

  @Override
  public void close() {}
}
