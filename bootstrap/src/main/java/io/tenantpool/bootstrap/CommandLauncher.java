package io.tenantpool.bootstrap;

import java.io.File;

/** Runs the tool for the command line, which lies in the isolated part as the agent does. */
public final class CommandLauncher {

  private CommandLauncher() {}

  /**
   * Runs the tool to its end.
   *
   * @return the exit code
   * @throws Exception when the jar is broken
   */
  public static int run(String[] arguments) throws Exception {
    File jar =
        new File(CommandLauncher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    // The attach API belongs to the system loader.
    ClassLoader loader = new AgentClassLoader(jar, ClassLoader.getSystemClassLoader());
    return (Integer)
        Class.forName("io.tenantpool.cli.Tool", true, loader)
            .getMethod("run", String[].class, File.class, String.class)
            .invoke(
                null,
                arguments,
                jar,
                CommandLauncher.class.getPackage().getImplementationVersion());
  }
}
