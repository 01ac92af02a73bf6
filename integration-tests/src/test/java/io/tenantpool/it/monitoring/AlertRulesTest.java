package io.tenantpool.it.monitoring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Prometheus' own judgement of the alert rules. */
final class AlertRulesTest {

  @Test
  void promtoolAcceptsTheRules() throws Exception {
    String output =
        Tool.named("promtool").succeeds(MonitoringFiles.DIRECTORY, "check", "rules", "alerts.yml");
    assertTrue(output.matches("(?s).*SUCCESS: \\d+ rules found.*"), output);
  }

  @Test
  void theRulesPassTheirUnitTests() throws Exception {
    String output =
        Tool.named("promtool")
            .succeeds(MonitoringFiles.DIRECTORY, "test", "rules", "alerts-test.yml");
    assertTrue(output.contains("SUCCESS"), output);
  }
}
