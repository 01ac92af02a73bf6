package com.example.shop;

import static com.example.shop.WrongResultException.check;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.random.RandomGenerator;

/** Moves an amount from one customer to another; the money of all must stay the same. */
final class MoveMoney implements UnitOfWork {

  private static final int CUSTOMERS = 300;
  private static final long MONEY_OF_ALL = CUSTOMERS * 1000L;

  @Override
  public void run(Connection connection, Tenant tenant, RandomGenerator random)
      throws SQLException, WrongResultException {
    int lower = 1 + random.nextInt(CUSTOMERS - 1);
    int higher = lower + 1 + random.nextInt(CUSTOMERS - lower);
    int amount = random.nextInt(-50, 50);
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    try (PreparedStatement add =
        connection.prepareStatement("update customer set balance = balance + ? where id = ?")) {
      change(add, lower, amount);
      change(add, higher, -amount);
    }
    connection.commit();

    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select sum(balance) from customer")) {
      row.next();
      check(row.getLong(1) == MONEY_OF_ALL, "all customers together have " + row.getLong(1));
    }
  }

  private static void change(PreparedStatement add, int customer, int amount)
      throws SQLException, WrongResultException {
    add.setInt(1, amount);
    add.setInt(2, customer);
    check(add.executeUpdate() == 1, "customer " + customer + " is missing");
  }
}
