package io.tenantpool.bootstrap;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;

/** Starts the agent's isolated part, once in a JVM. */
public final class AgentLauncher {

  private static boolean running;

  private AgentLauncher() {}

  /**
   * Starts the agent. Wrong settings end a JVM that is starting, before its {@code main}; a JVM
   * that runs already is left as it was. Any other fault leaves the application without the agent.
   *
   * @param attachedWhileRunning whether the application runs already
   * @param appendedJar the agent's jar when it was just appended to the boot loader's path, else
   *     null
   */
  public static synchronized void start(
      String arguments,
      Instrumentation instrumentation,
      boolean attachedWhileRunning,
      File appendedJar) {
    if (running) {
      System.err.println(
          "tenant-pool-agent: is already running in this JVM, this second start is ignored");
      return;
    }
    try {
      File jar = appendedJar != null ? appendedJar : AgentJar.locate();
      String wrongSettings = startIsolated(jar, arguments, instrumentation);
      if (wrongSettings == null) {
        running = true;
        return;
      }
      System.err.println(wrongSettings);
      if (!attachedWhileRunning) {
        // Not exit: hooks of agents that came earlier have nothing to save yet and might wait for
        // locks that this thread's caller holds.
        System.err.flush();
        Runtime.getRuntime().halt(1);
      }
    } catch (InvocationTargetException fault) {
      sayInactive(fault.getCause());
    } catch (Throwable fault) {
      sayInactive(fault);
    }
  }

  /** Calls {@code io.tenantpool.start.AgentStarter}; returns what is wrong with the settings. */
  private static String startIsolated(File jar, String arguments, Instrumentation instrumentation)
      throws Exception {
    return (String)
        Class.forName("io.tenantpool.start.AgentStarter", true, new AgentClassLoader(jar))
            .getMethod("start", String.class, Instrumentation.class)
            .invoke(null, arguments, instrumentation);
  }

  private static void sayInactive(Throwable fault) {
    System.err.println(
        "tenant-pool-agent: could not start, the application runs without it: " + fault);
  }
}
