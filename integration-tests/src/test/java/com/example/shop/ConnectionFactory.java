package com.example.shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** How the program gets a connection to a tenant's database. */
@FunctionalInterface
interface ConnectionFactory {

  /** A connection that the caller closes. */
  Connection connect(Tenant tenant) throws SQLException;

  /** A new connection each time. */
  static ConnectionFactory driverManager() {
    return tenant -> DriverManager.getConnection(tenant.url(), tenant.user(), tenant.password());
  }
}
