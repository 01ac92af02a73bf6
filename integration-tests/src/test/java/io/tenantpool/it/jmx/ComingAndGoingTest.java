package io.tenantpool.it.jmx;

import static io.tenantpool.it.jmx.ObservedApplication.server;
import static io.tenantpool.it.jmx.ObservedApplication.tenant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of a tenant goes with its last connection (promise 10) and comes back with it. */
final class ComingAndGoingTest {

  @Test
  void aDormantTenantLosesMBeansAndMetersAndComesBackWithItsCounters(@TempDir Path directory)
      throws Exception {
    Path log = directory.resolve("agent.log");
    ChildJvm jvm =
        ObservedApplication.withAgent()
            .setting("max-idle-time", "1s")
            .setting("log-level", "debug")
            .setting("log-format", "json")
            .setting("log-file", log);
    try (ObservedApplication application = ObservedApplication.start(jvm)) {
      JmxClient console = application.console();
      String database = ObservedApplication.tenants(1).get(0);
      String pool = HikariNames.pool(database);
      application.work(5, database);
      application.open("kept", database);
      console.awaitBean(tenant(database));
      String usage = meter(console, "hikaricpConnectionsUsage", pool);
      console.await("usage", () -> console.number(usage, "Count"), count -> count == 5);
      String acquire = meter(console, "hikaricpConnectionsAcquire", pool);
      console.await("acquired", () -> console.number(acquire, "Count"), count -> count >= 5);
      String active = meter(console, "hikaricpConnectionsActive", pool);
      console.await("active", () -> console.decimal(active, "Value"), value -> value == 1);
      String opens = meter(console, "tenantpoolConnectionsOpen", "server");
      assertTrue(console.decimal(opens, "Value") >= 1);
      String borrow = meter(console, "tenantpoolBorrow", "server");
      console.await("borrows", () -> console.number(borrow, "Count"), count -> count == 6);
      application.close("kept");

      console.await("dormant", () -> console.has(tenant(database)), there -> !there);
      console.await("no meters", () -> meters(console, pool).size(), size -> size == 0);
      assertEquals(List.of(), List.copyOf(console.names("com.zaxxer.hikari:*")));
      assertTrue(console.row(server(), "Evictions", "IDLE") >= 1);
      assertEquals(0, console.number(server(), "Open"));
      assertEquals(6, console.number(server(), "Borrows"));

      application.work(1, database);
      console.awaitBean(tenant(database));
      console.awaitNumber(7, tenant(database), "Borrows");
      assertTrue(console.number(tenant(database), "Opens") >= 2);
      assertNotEquals(0, meters(console, pool).size());

      List<String> lines = Files.readAllLines(log);
      lines.forEach(LogLines::assertJson);
      for (String event : List.of("started", "server-added", "tenant-live", "opened", "closed")) {
        assertTrue(lines.stream().anyMatch(l -> LogLines.isEvent(event, l)), event);
      }
      assertTrue(lines.stream().anyMatch(l -> LogLines.isEvent("tenant-dormant", l)));
      // With a file, standard error belongs to the application.
      assertEquals(List.of(), application.child().err());
    }
  }

  /** The one meter with this name and a tag like this. */
  private static String meter(JmxClient console, String name, String tag) {
    List<ObjectName> found =
        console.await(
            name,
            () ->
                meters(console, tag).stream().filter(n -> name(n).startsWith(name + ".")).toList(),
            names -> !names.isEmpty());
    assertEquals(1, found.size(), found::toString);
    return found.get(0).toString();
  }

  private static List<ObjectName> meters(JmxClient console, String tag)
      throws IOException, JMException {
    return console.names("tenantpool.metrics:*").stream()
        .filter(name -> name(name).contains(tag))
        .toList();
  }

  private static String name(ObjectName name) {
    String value = name.getKeyProperty("name");
    return value.startsWith("\"") ? ObjectName.unquote(value) : value;
  }
}
