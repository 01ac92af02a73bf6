package io.tenantpool.performance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * An application that starts with a HikariCP for each tenant, one after the other, and asks each
 * tenant's database a first question. Prints the nanoseconds until the last one has answered, then
 * those until every pool is full. Arguments: the size of each pool, the tenants' URLs.
 */
final class ManyPoolsApplication {

  private ManyPoolsApplication() {}

  public static void main(String[] args) throws SQLException, IOException, InterruptedException {
    long start = System.nanoTime();
    int poolSize = Integer.parseInt(args[0]);
    List<HikariDataSource> pools = new ArrayList<>();
    for (String url : List.of(args).subList(1, args.length)) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(url);
      config.setMaximumPoolSize(poolSize);
      HikariDataSource pool = new HikariDataSource(config);
      pools.add(pool);
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT 1")) {
        row.next();
      }
    }
    System.out.println(System.nanoTime() - start);
    for (HikariDataSource pool : pools) {
      while (pool.getHikariPoolMXBean().getTotalConnections() < poolSize) {
        Thread.sleep(1);
      }
    }
    System.out.println(System.nanoTime() - start);
    System.in.read();
  }
}
