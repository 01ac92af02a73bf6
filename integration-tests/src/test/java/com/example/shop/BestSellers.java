package com.example.shop;

import static com.example.shop.WrongResultException.check;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.random.RandomGenerator;

/**
 * A report over a temporary table. On a connection of its own the program does not drop the table,
 * for it goes away with its session: somebody who met it in a connection just opened would fail. On
 * a connection that others use after it, it leaves nothing behind.
 */
final class BestSellers implements UnitOfWork {

  private static final int TOP = 10;

  private final boolean ownConnection;

  BestSellers(boolean ownConnection) {
    this.ownConnection = ownConnection;
  }

  @Override
  public void run(Connection connection, Tenant tenant, RandomGenerator random)
      throws SQLException, WrongResultException {
    if (ownConnection) {
      report(connection, "set", "");
    } else {
      connection.setAutoCommit(false);
      report(connection, "set local", " on commit drop");
      connection.commit();
    }
  }

  private static void report(Connection connection, String set, String onCommit)
      throws SQLException, WrongResultException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(set + " work_mem = '8MB'");
      statement.execute(
          "create temporary table sold"
              + onCommit
              + " as select product_id, sum(quantity) as pieces from order_line group by product_id");
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
