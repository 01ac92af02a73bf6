package io.tenantpool.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "status", description = "Shows on one screen how the agent in a JVM is doing.")
final class StatusCommand extends AgentCommand {

  @Option(
      names = "--tenants",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many tenants of each server are shown (default ${DEFAULT-VALUE}).")
  int tenants;

  StatusCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void run(AgentBeans agent) throws Refusal {
    Reading reading = agent.read();
    surroundings.print(
        json
            ? List.of(Json.of(reading.asMap()))
            : new StatusScreen(reading, Math.max(0, tenants)).lines());
  }
}
