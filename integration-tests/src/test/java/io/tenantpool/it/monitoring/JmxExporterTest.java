package io.tenantpool.it.monitoring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real JMX exporter beside the agent, with the configuration of the documentation. */
final class JmxExporterTest {

  @Test
  void theExporterShowsServersAndTenantsByTheirNames() throws Exception {
    int port = MonitoringFiles.freePort();
    try (WatchedApplication application = WatchedApplication.start("none", exporter(port))) {
      String server = WatchedApplication.POSTGRES.host() + ":" + WatchedApplication.POSTGRES.port();
      String tenant = application.tenants().get(1);
      String page =
          WatchedApplication.await(port, "/metrics", text -> text.contains("\"" + tenant + "\""));
      for (String line :
          List.of(
              "tenantpool_jmx_server_active{server=\"" + server + "\"} 1.0",
              "tenantpool_jmx_server_borrows{server=\"" + server + "\"} 10.0",
              "tenantpool_jmx_server_evictions{cause=\"CAPACITY\",server=\"" + server + "\"} 0.0",
              "tenantpool_jmx_server_pins{cause=\"UNWRAPPED\",server=\"" + server + "\"} 0.0",
              "tenantpool_jmx_tenant_borrows{server=\""
                  + server
                  + "\",tenant=\""
                  + tenant
                  + "\"} 5.0",
              "tenantpool_jmx_borrows 10.0")) {
        assertTrue(page.lines().anyMatch(line::equals), () -> line + " is not in\n" + page);
      }
    }
  }

  @Test
  void whileNothingIsPooledItShowsTheTenantsThatAreWatched() throws Exception {
    int port = MonitoringFiles.freePort();
    try (WatchedApplication application =
        WatchedApplication.start("none", exporter(port), "-Dtenantpool.mode=observe")) {
      String server = WatchedApplication.POSTGRES.host() + ":" + WatchedApplication.POSTGRES.port();
      String held =
          "tenantpool_jmx_watched_tenant_held{server=\""
              + server
              + "\",tenant=\""
              + application.tenants().get(0)
              + "\"} 1.0";
      WatchedApplication.await(port, "/metrics", page -> page.lines().anyMatch(held::equals));
    }
  }

  private static String exporter(int port) throws IOException {
    return "-javaagent:"
        + MonitoringFiles.library("jmx_prometheus_javaagent")
        + "=127.0.0.1:"
        + port
        + ":"
        + MonitoringFiles.DIRECTORY.resolve("jmx-exporter.yml");
  }
}
