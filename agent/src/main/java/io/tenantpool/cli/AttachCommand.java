package io.tenantpool.cli;

import io.tenantpool.config.InvalidSettingsException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "attach",
    description = {
      "Brings the agent into a JVM that runs.",
      "Connections that are open already stay as they are."
    })
final class AttachCommand extends JvmCommand {

  private static final int OLDEST_JAVA = 17;

  @Parameters(index = "0", paramLabel = "PID", description = "The process id of the JVM.")
  long pid;

  @Parameters(
      index = "1..*",
      paramLabel = "NAME=VALUE",
      description = "Settings, such as max-connections=50 acquire-timeout=5s.")
  List<String> settings = List.of();

  AttachCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void run() throws Refusal {
    String options = String.join(",", settings);
    try (Attachment jvm = Attachment.to(pid)) {
      Properties properties = jvm.properties();
      refuseSecond(AgentPresence.in(properties));
      refuseOldJava(properties.getProperty("java.specification.version", ""));
      check(options, properties);
      jvm.load(surroundings.jar(), options);
      if (AgentPresence.in(jvm.properties()) == AgentPresence.NO) {
        throw new Refusal(
            ExitCode.AGENT_NOT_STARTED,
            "the agent did not start in JVM " + pid + "; its standard error says why");
      }
    }
    surroundings.print(
        json
            ? Json.of(Map.of("pid", pid, "attached", true))
            : "The agent is now in JVM " + pid + ". Look at it with: status " + pid);
  }

  private void refuseSecond(AgentPresence agent) throws Refusal {
    if (agent != AgentPresence.NO) {
      throw new Refusal(
          ExitCode.AGENT_THERE,
          "the agent is in JVM "
              + pid
              + " already"
              + (agent == AgentPresence.DISABLED ? ", told to do nothing; restart the JVM" : ""));
    }
  }

  private void refuseOldJava(String version) throws Refusal {
    if (!version.matches("[0-9]{1,4}") || Integer.parseInt(version) < OLDEST_JAVA) {
      throw new Refusal(
          ExitCode.AGENT_NOT_STARTED,
          "JVM " + pid + " is Java " + version + "; the agent needs Java 17 or newer");
    }
  }

  private void check(String options, Properties properties) throws Refusal {
    try {
      new SettingsThere(properties, new JvmProcess(pid).environment()).check(options);
    } catch (InvalidSettingsException wrong) {
      throw new Refusal(ExitCode.USAGE, wrong.getMessage());
    }
  }
}
