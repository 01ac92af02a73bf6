package io.tenantpool.cli;

import picocli.CommandLine.Parameters;

/** A command that talks to the agent in one JVM. */
abstract class AgentCommand extends JvmCommand {

  @Parameters(index = "0", paramLabel = "PID", description = "The process id of the JVM.")
  long pid;

  AgentCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  final void run() throws Refusal {
    try (AgentBeans agent = AgentBeans.of(pid)) {
      run(agent);
    }
  }

  abstract void run(AgentBeans agent) throws Refusal;
}
