package com.example.shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** No pool: each use opens a connection of its own. */
final class OneForEachUse implements ConnectionFactory {

  @Override
  public Connection connect(Tenant tenant) throws SQLException {
    return DriverManager.getConnection(tenant.url(), tenant.user(), tenant.password());
  }

  @Override
  public boolean opensNewOnes() {
    return true;
  }
}
