package io.tenantpool.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command that looks at JVMs. */
abstract class JvmCommand implements Callable<Integer> {

  final Surroundings surroundings;

  @Option(names = "--json", description = "Write JSON, for machines.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  boolean help;

  JvmCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public final Integer call() throws Refusal {
    check();
    AttachApi.require();
    run();
    return ExitCode.OK.code();
  }

  /**
   * Looks at the command line as a whole, before anything else.
   *
   * @throws picocli.CommandLine.ParameterException when it makes no sense
   */
  void check() {}

  abstract void run() throws Refusal;
}
