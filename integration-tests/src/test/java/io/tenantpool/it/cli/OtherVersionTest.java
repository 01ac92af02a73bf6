package io.tenantpool.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import org.junit.jupiter.api.Test;

/** The tool and the agent need not be of one version. */
final class OtherVersionTest {

  @Test
  void theAgentsOwnReportIsPreferredAndCannotSteerTheTerminal() {
    try (RunningJvm child = ChildJvm.of(ReportingProgram.class).start()) {
      child.awaitLine("ready");
      String pid = Long.toString(child.pid());
      assertEquals(
          "pooling would save 40 connections\nof 50 ?[2J\n",
          Tool.run("report", pid).succeeded().out().replace("\r\n", "\n"));
      Tool.run("report", "--json", pid)
          .succeeded()
          .says("\"report\":\"pooling would save 40 connections\\nof 50 \\u001b[2J\\n\"");
    }
  }

  @Test
  void figuresThatAnAgentDoesNotHaveAreLeftOut() {
    try (RunningJvm child = ChildJvm.of(ReportingProgram.class).start()) {
      child.awaitLine("ready");
      String pid = Long.toString(child.pid());
      Tool.run("status", pid).succeeded().says("Tenant Pool Agent 9.9", "No connection");
      Tool.run("status", "--json", pid)
          .succeeded()
          .says(
              "\"manager\":{\"Version\":\"9.9\"},\"servers\":[],\"tenants\":[],\"watchedTenants\":[]}");
    }
  }
}
