package com.example.shop;

import static com.example.shop.WrongResultException.check;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.random.RandomGenerator;

/**
 * A report over a temporary table, which goes away with its session: the program does not drop it,
 * for it is about to close the connection. Somebody who met the table in a connection just opened
 * would fail.
 */
final class BestSellers implements UnitOfWork {

  private static final int TOP = 10;

  @Override
  public void run(Connection connection, Tenant tenant, RandomGenerator random)
      throws SQLException, WrongResultException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set work_mem = '8MB'");
      statement.execute(
          "create temporary table sold as select product_id, sum(quantity) as pieces"
              + " from order_line group by product_id");
      try (ResultSet rows =
          statement.executeQuery(
              "select p.name, s.pieces from sold s join product p on p.id = s.product_id"
                  + " order by s.pieces desc, p.id limit "
                  + TOP)) {
        long previous = Long.MAX_VALUE;
        int count = 0;
        while (rows.next()) {
          check(rows.getLong(2) <= previous, "the report is not in order");
          previous = rows.getLong(2);
          count++;
        }
        check(count == TOP, "the report has " + count + " lines");
      }
    }
  }
}
