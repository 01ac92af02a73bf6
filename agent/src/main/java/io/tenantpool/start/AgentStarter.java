package io.tenantpool.start;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Wires the agent together, in reading order. */
public final class AgentStarter {

  private AgentStarter() {}

  /**
   * Called by the launcher.
   *
   * @return the one message that lists what is wrong with the settings; null when the agent runs
   */
  public static @Nullable String start(
      @Nullable String arguments, Instrumentation instrumentation, boolean attachedWhileRunning) {
    return null;
  }
}
