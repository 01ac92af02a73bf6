package com.example.shop;

import static com.example.shop.WrongResultException.check;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.random.RandomGenerator;

/** Shows an order with its lines: two questions, no transaction of its own. */
final class LookUpOrder implements UnitOfWork {

  private static final int ORDERS_TO_LOOK_AT = 1000;

  @Override
  public void run(Connection connection, Tenant tenant, RandomGenerator random)
      throws SQLException, WrongResultException {
    long order = 1 + random.nextInt(ORDERS_TO_LOOK_AT);
    long total;
    try (PreparedStatement head =
        connection.prepareStatement(
            "select current_database(), c.name, o.total from orders o"
                + " join customer c on c.id = o.customer_id where o.id = ?")) {
      head.setLong(1, order);
      try (ResultSet row = head.executeQuery()) {
        check(row.next(), "order " + order + " is missing");
        check(tenant.name().equals(row.getString(1)), "in the database of " + row.getString(1));
        check(row.getString(2).startsWith("Customer "), "a customer without a name");
        total = row.getLong(3);
      }
    }
    try (PreparedStatement lines =
        connection.prepareStatement(
            "select p.name, l.quantity, l.price from order_line l"
                + " join product p on p.id = l.product_id where l.order_id = ? order by p.id")) {
      lines.setLong(1, order);
      long sum = 0;
      try (ResultSet row = lines.executeQuery()) {
        while (row.next()) {
          sum += row.getLong("quantity") * row.getLong("price");
        }
      }
      check(sum == total, "order " + order + " has lines of " + sum + ", total " + total);
    }
  }
}
