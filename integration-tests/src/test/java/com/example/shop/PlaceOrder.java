package com.example.shop;

import static com.example.shop.WrongResultException.check;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * Sells a few products in one transaction: takes them from the stock, writes the order and its
 * lines. One customer in ten changes his mind, and the transaction is rolled back.
 */
final class PlaceOrder implements UnitOfWork {

  private static final int CUSTOMERS = 300;
  private static final int PRODUCTS = 200;
  private static final int LINES = 3;

  private final LongAdder committed;

  /** Counts each committed order in {@code committed}. */
  PlaceOrder(LongAdder committed) {
    this.committed = committed;
  }

  @Override
  public void run(Connection connection, Tenant tenant, RandomGenerator random)
      throws SQLException, WrongResultException {
    connection.setAutoCommit(false);
    boolean changesMind = random.nextInt(10) == 0;
    // Ascending products: two orders at once take their row locks in the same order.
    int firstProduct = 1 + random.nextInt(PRODUCTS - LINES);
    long[] prices = new long[LINES];
    long total = 0;
    for (int line = 0; line < LINES; line++) {
      prices[line] = takeFromStock(connection, firstProduct + line);
      total += prices[line];
    }
    long order = insertOrder(connection, 1 + random.nextInt(CUSTOMERS), total);
    insertLines(connection, order, firstProduct, prices);
    if (changesMind) {
      connection.rollback();
      check(!exists(connection, order), "order " + order + " survived its rollback");
      connection.commit();
    } else {
      connection.commit();
      committed.increment();
    }
  }

  private static long takeFromStock(Connection connection, int product)
      throws SQLException, WrongResultException {
    try (PreparedStatement take =
        connection.prepareStatement(
            "update product set stock = stock - 1 where id = ? returning price")) {
      take.setInt(1, product);
      try (ResultSet row = take.executeQuery()) {
        check(row.next(), "product " + product + " is missing");
        return row.getLong(1);
      }
    }
  }

  private static long insertOrder(Connection connection, int customer, long total)
      throws SQLException, WrongResultException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into orders (customer_id, total) values (?, ?)",
            Statement.RETURN_GENERATED_KEYS)) {
      insert.setInt(1, customer);
      insert.setLong(2, total);
      check(insert.executeUpdate() == 1, "the order was not written");
      try (ResultSet keys = insert.getGeneratedKeys()) {
        check(keys.next(), "the order has no number");
        return keys.getLong("id");
      }
    }
  }

  private static void insertLines(
      Connection connection, long order, int firstProduct, long[] prices) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into order_line (order_id, product_id, quantity, price) values (?, ?, 1, ?)")) {
      for (int line = 0; line < LINES; line++) {
        insert.setLong(1, order);
        insert.setInt(2, firstProduct + line);
        insert.setLong(3, prices[line]);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static boolean exists(Connection connection, long order) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select 1 from orders where id = ?")) {
      select.setLong(1, order);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }
}
