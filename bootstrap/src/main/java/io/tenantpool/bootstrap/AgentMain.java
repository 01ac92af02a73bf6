package io.tenantpool.bootstrap;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.jar.JarFile;

/**
 * Where the JVM enters: {@code -javaagent} and attach. Compiled for Java 8, so that a JVM which is
 * too old for everything else can still say so; it reaches {@link AgentLauncher} by name alone.
 */
public final class AgentMain {

  private static final String LAUNCHER = "io.tenantpool.bootstrap.AgentLauncher";

  private AgentMain() {}

  /** Called by the JVM before the application's {@code main}. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation, false);
  }

  /** Called by the JVM when the agent is attached to it while it runs. */
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation, true);
  }

  private static void start(
      String arguments, Instrumentation instrumentation, boolean attachedWhileRunning) {
    String tooOld = tooOld(System.getProperty("java.specification.version"));
    if (tooOld != null) {
      System.err.println(tooOld);
      return;
    }
    try {
      File appended = bringToBootLoader(instrumentation);
      // The boot loader's copy, even where this class is a second one from the class path.
      Class.forName(LAUNCHER, true, null)
          .getMethod("start", String.class, Instrumentation.class, boolean.class, File.class)
          .invoke(null, arguments, instrumentation, attachedWhileRunning, appended);
    } catch (Throwable fault) {
      System.err.println(
          "tenant-pool-agent: could not start, the application runs without it: " + fault);
    }
  }

  /**
   * Makes the boot loader see the launcher. The manifest's Boot-Class-Path has done that already,
   * unless the jar was renamed.
   *
   * @return this jar when it had to be appended, else null
   */
  private static File bringToBootLoader(Instrumentation instrumentation) throws Exception {
    try {
      Class.forName(LAUNCHER, false, null);
      return null;
    } catch (ClassNotFoundException renamed) {
      File jar =
          new File(AgentMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar));
      return jar;
    }
  }

  /** What to say to a JVM of this specification version; null when it is new enough. */
  static String tooOld(String specificationVersion) {
    if (specificationVersion == null || specificationVersion.startsWith("1.")) {
      return refusal(specificationVersion);
    }
    try {
      return Integer.parseInt(specificationVersion) < 17 ? refusal(specificationVersion) : null;
    } catch (NumberFormatException unheardOf) {
      return refusal(specificationVersion);
    }
  }

  private static String refusal(String specificationVersion) {
    return "tenant-pool-agent: needs Java 17 or newer, this JVM is Java "
        + specificationVersion
        + "; the application runs without the agent";
  }
}
