package io.tenantpool.it.memory;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * An application with a full HikariCP for each tenant. On its input come numbers: have pools up to
 * that one and use every connection of the new ones, then print the connections that the pools hold
 * and the bytes of heap in use. Arguments: URL with {@code %s} for the tenant, user, password.
 */
final class IdlePools {

  static final int MAXIMUM_POOL_SIZE = 25;

  private IdlePools() {}

  public static void main(String[] arguments) throws Exception {
    List<HikariDataSource> pools = new ArrayList<>();
    Scanner in = new Scanner(System.in);
    while (in.hasNextInt()) {
      int last = in.nextInt();
      int first = pools.size();
      while (pools.size() < last) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(String.format(arguments[0], "tenant-" + pools.size()));
        config.setUsername(arguments[1]);
        config.setPassword(arguments[2]);
        config.setMaximumPoolSize(MAXIMUM_POOL_SIZE);
        pools.add(new HikariDataSource(config));
      }
      // Each takes its time to fill itself; all of them do it at once.
      for (HikariDataSource pool : pools.subList(first, last)) {
        useAll(pool);
      }
      System.out.println(
          "connections "
              + pools.stream()
                  .mapToInt(pool -> pool.getHikariPoolMXBean().getTotalConnections())
                  .sum());
      awaitNoPhysicalConnection();
      System.out.println("heap " + ManyTenants.usedWhenQuiet());
    }
  }

  /** All are borrowed before the first one is used, so that each is another. */
  private static void useAll(HikariDataSource pool) throws SQLException {
    List<Connection> borrowed = new ArrayList<>();
    for (int i = 0; i < MAXIMUM_POOL_SIZE; i++) {
      borrowed.add(pool.getConnection());
    }
    for (Connection connection : borrowed) {
      try (connection;
          Statement statement = connection.createStatement()) {
        statement.execute("SELECT 1");
      }
    }
  }

  /** A pool's thread that fills it goes some seconds after it is done. */
  private static boolean isBeingFilled() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().endsWith("connection adder"));
  }

  private static void awaitNoPhysicalConnection() throws Exception {
    ObjectName servers = new ObjectName("io.tenantpool:type=Server,*");
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    Set<ObjectName> found;
    do {
      Thread.sleep(100);
      found = beans.queryNames(servers, null);
    } while (found.size() != 1
        || (Integer) beans.getAttribute(found.iterator().next(), "Open") > 0
        || isBeingFilled());
  }
}
