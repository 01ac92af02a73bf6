package com.example.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.random.RandomGenerator;

/** Something a user of the shop does: the work between opening a connection and closing it. */
@FunctionalInterface
interface UnitOfWork {

  /**
   * Does the work and checks what it read.
   *
   * @throws WrongResultException when the database's answer cannot be right
   */
  void run(Connection connection, Tenant tenant, RandomGenerator random)
      throws SQLException, WrongResultException;
}
