package io.tenantpool.cli;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
    name = "report",
    description = "Writes all that the agent in a JVM knows: every server, tenant and pin.")
final class ReportCommand extends AgentCommand {

  ReportCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void run(AgentBeans agent) throws Refusal {
    Optional<String> made = agent.report();
    Reading reading = agent.read();
    if (json) {
      Map<String, Object> map = reading.asMap();
      made.ifPresent(text -> map.put("report", text));
      surroundings.print(Json.of(map));
    } else {
      surroundings.print(
          made.map(text -> text.lines().map(Words::visible).toList())
              .orElseGet(() -> new ReportText(reading).lines()));
    }
  }
}
