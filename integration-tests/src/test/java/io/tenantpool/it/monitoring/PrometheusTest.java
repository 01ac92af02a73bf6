package io.tenantpool.it.monitoring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes the agent with the token, loads the rules and answers the dashboard.
 */
final class PrometheusTest {

  private static final Pattern EXPRESSION = Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"");

  @TempDir private Path directory;

  @Test
  void prometheusScrapesTheAgentAndTheDashboardHasItsFigures() throws Exception {
    Tool prometheus = Tool.named("prometheus");
    try (WatchedApplication application = WatchedApplication.start(0)) {
      MonitoringFiles.configurePrometheus(directory, application.port());
      int port = MonitoringFiles.freePort();
      Process process =
          prometheus.start(
              directory,
              "--config.file=prometheus.yml",
              "--storage.tsdb.path=data",
              "--web.listen-address=127.0.0.1:" + port);
      try {
        String tenant = application.tenants().get(1);
        String found =
            awaitResult(port, "tenantpool_tenant_borrows_total{tenant=\"" + tenant + "\"} == 5");
        assertTrue(found.contains("\"tenant\":\"" + tenant + "\""), found);
        awaitResult(port, "tenantpool_connections_active == 1");
        awaitResult(port, "up{job=\"tenant-pool-agent\"} == 1");
        String rules =
            WatchedApplication.await(port, "/api/v1/rules", page -> page.contains("\"rules\":["));
        assertTrue(rules.contains("TenantPoolBudgetAbove90Percent"), rules);
        for (String expression : dashboard()) {
          String answer = WatchedApplication.get(port, query(expression)).body();
          assertTrue(answer.startsWith("{\"status\":\"success\""), expression + ": " + answer);
        }
      } finally {
        process.destroyForcibly().onExit().join();
      }
    }
  }

  @Test
  void withAWrongTokenTheTargetIsDown() throws Exception {
    Tool prometheus = Tool.named("prometheus");
    try (WatchedApplication application = WatchedApplication.start(0)) {
      MonitoringFiles.configurePrometheus(directory, application.port());
      Files.writeString(directory.resolve("tenantpool.token"), "not-the-token-of-this-agent");
      int port = MonitoringFiles.freePort();
      Process process =
          prometheus.start(
              directory,
              "--config.file=prometheus.yml",
              "--storage.tsdb.path=data",
              "--web.listen-address=127.0.0.1:" + port);
      try {
        String targets =
            WatchedApplication.await(
                port, "/api/v1/targets", page -> page.contains("\"health\":\"down\""));
        assertTrue(targets.contains("server returned HTTP status 401"), targets);
      } finally {
        process.destroyForcibly().onExit().join();
      }
    }
  }

  private static List<String> dashboard() throws IOException {
    List<String> expressions =
        EXPRESSION
            .matcher(Files.readString(MonitoringFiles.DIRECTORY.resolve("dashboard.json")))
            .results()
            .map(hit -> hit.group(1).replace("\\\"", "\"").replace("\\\\", "\\"))
            .map(e -> e.replace("$__rate_interval", "1m"))
            .map(e -> e.replace("$instance", ".*").replace("$server", ".*"))
            .toList();
    assertTrue(expressions.size() > 20, expressions::toString);
    return expressions;
  }

  private static String awaitResult(int port, String expression) throws InterruptedException {
    return WatchedApplication.await(
        port, query(expression), answer -> answer.contains("\"result\":[{"));
  }

  private static String query(String expression) {
    return "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
  }
}
