package io.tenantpool.bootstrap;

/**
 * What {@code java -jar} starts: the tool for the command line. Compiled for Java 8, so that a JVM
 * which is too old for everything else can still say so; it reaches {@link CommandLauncher} by name
 * alone.
 */
public final class CommandMain {

  /** The tool's exit code for a Java that it cannot run on. */
  private static final int NO_JDK = 3;

  private CommandMain() {}

  /** Runs the tool and ends the JVM with its exit code. */
  public static void main(String[] arguments) throws Exception {
    String tooOld = tooOld(System.getProperty("java.specification.version"));
    if (tooOld != null) {
      System.err.println(tooOld);
      System.exit(NO_JDK);
    }
    Object exitCode =
        Class.forName("io.tenantpool.bootstrap.CommandLauncher")
            .getMethod("run", String[].class)
            .invoke(null, (Object) arguments);
    System.exit((Integer) exitCode);
  }

  /** What to say to a JVM of this specification version; null when it is new enough. */
  static String tooOld(String specificationVersion) {
    return AgentMain.tooOld(specificationVersion) == null
        ? null
        : "tenant-pool-agent: needs a JDK 17 or newer, this java is Java " + specificationVersion;
  }
}
