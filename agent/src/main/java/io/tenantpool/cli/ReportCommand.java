package io.tenantpool.cli;

import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "report",
    description = "Writes what the agent in a JVM has to say: servers, caps, tenants, pins.")
final class ReportCommand extends AgentCommand {

  ReportCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void run(AgentBeans agent) throws Refusal {
    String report = agent.report();
    if (json) {
      Map<String, Object> map = agent.read().asMap();
      map.put("report", report);
      surroundings.print(Json.of(map));
    } else {
      surroundings.print(report.lines().map(Words::visible).toList());
    }
  }
}
