package io.tenantpool.it.monitoring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real JMX exporter beside the agent, with the configuration of the documentation. */
final class JmxExporterTest {

  @Test
  void theExporterShowsServersAndTenantsByTheirNames() throws Exception {
    int port = MonitoringFiles.freePort();
    Path configuration = MonitoringFiles.DIRECTORY.resolve("jmx-exporter.yml");
    String exporter =
        "-javaagent:"
            + MonitoringFiles.library("jmx_prometheus_javaagent")
            + "=127.0.0.1:"
            + port
            + ":"
            + configuration;
    try (WatchedApplication application = WatchedApplication.start("none", exporter)) {
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
}
