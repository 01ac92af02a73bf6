package io.tenantpool.demo;

import java.util.List;
import java.util.OptionalInt;

/**
 * One column of an act's table: the same program, started in one way.
 *
 * @param title what stands above the column
 * @param jvmOptions what the program's JVM is started with, besides its class path
 * @param cap the connections that must not be exceeded; empty where nothing holds them
 */
record Run(Act act, String title, List<String> jvmOptions, OptionalInt cap) {

  static Run withoutAgent(Act act) {
    return new Run(act, "without agent", List.of(), OptionalInt.empty());
  }

  static Run withAgent(Act act, DemoSettings settings) {
    int cap = DemoSettings.AGENT_MAX_CONNECTIONS;
    return new Run(
        act,
        "with agent",
        List.of("-javaagent:" + settings.agentJar(), "-Dtenantpool.max-connections=" + cap),
        OptionalInt.of(cap));
  }

  boolean usesAgent() {
    return cap.isPresent();
  }
}
