package io.tenantpool.it.monitoring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The real JMX exporter beside the agent, with the configuration of the documentation. */
final class JmxExporterTest {

  @Test
  void theExporterShowsServersAndTenantsByTheirNames() throws Exception {
    int port = freePort();
    Path configuration = MonitoringFiles.DIRECTORY.resolve("jmx-exporter.yml");
    String exporter = "-javaagent:" + exporterJar() + "=127.0.0.1:" + port + ":" + configuration;
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

  private static Path exporterJar() throws IOException {
    Path directory = Path.of(System.getProperty("test.monitoring.libraries", "target/monitoring"));
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        return files
            .filter(file -> file.getFileName().toString().startsWith("jmx_prometheus_javaagent"))
            .findFirst()
            .orElseThrow()
            .toAbsolutePath();
      }
    }
    return Assumptions.abort("the build has not fetched the JMX exporter to " + directory);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
