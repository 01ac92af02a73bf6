package com.example.shop;

import java.sql.Connection;
import java.sql.SQLException;

/** How the program gets a connection to a tenant's database. Thread-safe. */
interface ConnectionFactory {

  /** A connection that the caller closes. */
  Connection connect(Tenant tenant) throws SQLException;

  /** Whether each connection is one that nobody has used before. */
  boolean opensNewOnes();

  /**
   * The way that is called {@code driver-manager} or {@code hikari}.
   *
   * @throws IllegalArgumentException when it is called otherwise
   */
  static ConnectionFactory named(String name) {
    return switch (name) {
      case "driver-manager" -> new OneForEachUse();
      case "hikari" -> new PoolForEachTenant();
      default -> throw new IllegalArgumentException("driver-manager or hikari, not " + name);
    };
  }
}
