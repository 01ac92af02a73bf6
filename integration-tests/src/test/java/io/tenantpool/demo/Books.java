package io.tenantpool.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What all tenants' books say after a run.
 *
 * @param ordersPlaced orders beyond those of the template
 * @param wrong databases where the money or the orders do not add up
 */
record Books(long ordersPlaced, int wrong) {

  private static final String QUESTION =
      """
      select (select count(*) from orders) - 1000,
        (select sum(balance) from customer) = 300 * 1000
        and not exists (
          select 1 from orders o where o.total is distinct from
            (select sum(l.quantity * l.price) from order_line l where l.order_id = o.id))
        and (select count(*) from orders where id > 1000) * 3
          = (select sum(1000000 - stock) from product)
      """;

  static Books read(DemoServer server, TenantDatabases databases) throws SQLException {
    long orders = 0;
    int wrong = 0;
    for (String name : databases.names()) {
      try (Connection connection = server.connect(name);
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(QUESTION)) {
        row.next();
        orders += row.getLong(1);
        wrong += row.getBoolean(2) ? 0 : 1;
      }
    }
    return new Books(orders, wrong);
  }
}
