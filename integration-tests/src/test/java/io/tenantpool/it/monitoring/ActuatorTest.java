package io.tenantpool.it.monitoring;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.actuator.ActuatorShop;
import io.tenantpool.it.jmx.JmxClient;
import io.tenantpool.it.start.BootJar;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.JarLauncher;

/** A Spring Boot application shows the agent's meters under its own {@code /actuator}. */
final class ActuatorTest {

  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static final String PATH = "/actuator/prometheus";

  @TempDir private Path directory;

  @Test
  void theMetersOfTheBusiestTenantsStandUnderItsActuatorUntilTheTenantIsClosed() throws Exception {
    List<String> tenants = POSTGRES.createDatabases("actuator", 4);
    String server = POSTGRES.host() + ":" + POSTGRES.port();
    try (RunningJvm child = start(tenants)) {
      int port = Integer.parseInt(child.awaitLine("port "));
      String borrows = "tenantpool_borrows_total{server=\"" + server + "\"} ";
      List<String> wanted =
          List.of(
              activeOf(server, tenants.get(0)),
              activeOf(server, tenants.get(1)),
              borrows + (4 + 3 + 2 + 1 + 4) + ".0",
              "tenantpool_connections_active{server=\"" + server + "\"} 4.0",
              "jvm_memory_used_bytes{");
      // Meters are registered one by one.
      String page =
          WatchedApplication.await(
              port, PATH, text -> wanted.stream().allMatch(text::contains) && tenantsOn(text) == 2);
      assertFalse(page.contains(tenants.get(2)), page);
      child.send("0");
      child.awaitLine("closed 0");
      try (JmxClient client = JmxClient.connect(child)) {
        client.call(JmxClient.tenant(server, tenants.get(0)), "closeTenant");
      }
      page = WatchedApplication.await(port, PATH, text -> !text.contains(tenants.get(0)));
      assertTrue(page.contains(activeOf(server, tenants.get(1))), page);
      assertTrue(page.contains(borrows), page);
      child.send("q");
      child.awaitLine("done");
      ChildJvm.Outcome outcome = child.awaitExit().succeeded();
      assertFalse(outcome.errText().contains("problem"), outcome.errText());
    }
  }

  private static String activeOf(String server, String tenant) {
    return "tenantpool_tenant_connections_active{server=\""
        + server
        + "\",tenant=\""
        + tenant
        + "\"} 1.0";
  }

  private static long tenantsOn(String page) {
    return Pattern.compile("tenantpool_tenant_borrows_total\\{").matcher(page).results().count();
  }

  private RunningJvm start(List<String> tenants) throws IOException {
    String[] urls =
        tenants.stream()
            .map(t -> POSTGRES.url(t) + "?user=" + POSTGRES.adminUser())
            .map(url -> url + (POSTGRES.adminPassword().isEmpty() ? "" : "&password="))
            .map(url -> url + POSTGRES.adminPassword())
            .toArray(String[]::new);
    return ChildJvm.of(JarLauncher.class, urls)
        .agent("metrics.tenant-tags=top:2")
        .onlyClassPath(application())
        .start();
  }

  private Path application() throws IOException {
    return BootJar.pack(
        directory.resolve("application.jar"), List.of(ActuatorShop.class), BootWebJars.and());
  }
}
