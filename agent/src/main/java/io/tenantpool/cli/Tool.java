package io.tenantpool.cli;

import java.io.File;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The tool as a whole; without a command it shows its help. */
@Command(
    name = Tool.NAME,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "",
      "Lets all tenants of a JDBC application share one bounded set of connections.",
      "This starts an application with it:",
      "",
      "  java -javaagent:tenant-pool-agent.jar -jar application.jar",
      "  java -javaagent:tenant-pool-agent.jar=max-connections=50 -jar application.jar",
      "",
      "The commands look at applications that run already, on this machine; encrypt looks at none.",
      ""
    },
    commandListHeading = "%nCommands (COMMAND --help says more):%n",
    exitCodeListHeading = "%nExit codes:%n")
public final class Tool implements Runnable {

  static final String NAME = "java -jar tenant-pool-agent.jar";

  private static final String PREFIX = "tenant-pool-agent: ";

  @Spec private CommandSpec spec = CommandSpec.create();

  private final PrintStream out;

  private Tool(PrintStream out) {
    this.out = out;
  }

  /**
   * Called by the launcher, by name.
   *
   * @param jar the agent's jar
   * @param version of the agent, null when nobody knows
   * @return the exit code
   */
  public static int run(String[] arguments, File jar, @Nullable String version) {
    return run(arguments, version, new Surroundings(jar, System.in, System.out), System.err);
  }

  static int run(
      String[] arguments, @Nullable String version, Surroundings surroundings, PrintStream err) {
    CommandLine line = new CommandLine(new Tool(surroundings.out()));
    Stream.of(
            new ListCommand(surroundings),
            new AttachCommand(surroundings),
            new StatusCommand(surroundings),
            new TopCommand(surroundings),
            new EvictCommand(surroundings),
            new ReportCommand(surroundings),
            new EncryptCommand(surroundings, System.getenv()))
        .forEach(line::addSubcommand);
    describe(line, "Tenant Pool Agent" + (version == null ? "" : " " + version));
    return line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((wrong, given) -> refuse(wrong, err))
        .setExecutionExceptionHandler((failure, command, given) -> refuse(failure, err))
        .execute(arguments);
  }

  private static void describe(CommandLine line, String title) {
    line.getCommandSpec().version(title);
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    usage.header(title);
    usage.exitCodeList(UsageMessageSpec.keyValuesMap(ExitCode.described().toArray(String[]::new)));
  }

  /** One line instead of the whole help. */
  private static int refuse(ParameterException wrong, PrintStream err) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    err.println(PREFIX + wrong.getMessage() + "; see " + command + " --help");
    return ExitCode.USAGE.code();
  }

  private static int refuse(Exception failure, PrintStream err) {
    if (failure instanceof Refusal refusal) {
      err.println(PREFIX + refusal.getMessage());
      return refusal.exitCode().code();
    }
    err.println(PREFIX + "unexpected: " + failure);
    return ExitCode.FAILED.code();
  }

  /** What is to be done without a command. */
  @Override
  public void run() {
    spec.commandLine().usage(out);
  }
}
