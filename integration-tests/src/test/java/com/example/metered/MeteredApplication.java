package com.example.metered;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/**
 * Opens connections, and prints what it then finds in a registry of its own. Arguments: {@code
 * before} or {@code after} the first connection, when it adds that registry to the global one, or
 * {@code told}, as the first, but it says {@code ready} and waits for a line then; URL with {@code
 * %s} for the database, user, password, databases.
 */
public final class MeteredApplication {

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(40);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private MeteredApplication() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    if (arguments[0].equals("told")) {
      Metrics.counter("orders").increment();
      System.out.println("ready");
      if (System.in.read() < 0) {
        return;
      }
    }
    run(
        !arguments[0].equals("after"),
        arguments[1],
        arguments[2],
        arguments[3],
        Arrays.copyOfRange(arguments, 4, arguments.length));
  }

  /** In a container; returns whether it found all tenants in its registry. */
  public static boolean use(String url, String user, String password, String... databases)
      throws SQLException {
    return run(true, url, user, password, databases);
  }

  /** What a container has an application do at its end. */
  public static void stop() throws SQLException {
    if (Driver.isRegistered()) {
      Driver.deregister();
    }
  }

  private static boolean run(
      boolean before, String url, String user, String password, String... databases)
      throws SQLException {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    if (before) {
      Metrics.addRegistry(registry);
    }
    for (String database : databases) {
      try (Connection connection =
              DriverManager.getConnection(String.format(url, database), user, password);
          Statement statement = connection.createStatement()) {
        statement.execute("SELECT 1");
      }
    }
    if (!before) {
      Metrics.addRegistry(registry);
    }
    boolean found = await(registry, Set.of(databases));
    System.out.println("tenants " + tenants(registry));
    for (Meter meter : registry.find("tenantpool.connections.budget").meters()) {
      System.out.println(
          "budget " + meter.getId().getTag("server") + " " + meter.measure().iterator().next());
    }
    return found;
  }

  private static boolean await(SimpleMeterRegistry registry, Set<String> tenants) {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (!tenants(registry).equals(tenants) && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return tenants(registry).equals(tenants);
  }

  private static Set<String> tenants(SimpleMeterRegistry registry) {
    return registry.find("tenantpool.tenant.borrows").meters().stream()
        .map(meter -> String.valueOf(meter.getId().getTag("tenant")))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
