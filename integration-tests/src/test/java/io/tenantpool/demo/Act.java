package io.tenantpool.demo;

import java.util.List;
import java.util.OptionalInt;

/**
 * One column of the table: the same program, run in one way.
 *
 * @param title what stands above the column
 * @param jvmOptions what the program's JVM is started with, besides its class path
 * @param cap the connections that must not be exceeded; empty where nothing holds them
 */
record Act(String title, List<String> jvmOptions, OptionalInt cap) {

  static Act withoutAgent() {
    return new Act("without agent", List.of(), OptionalInt.empty());
  }

  static Act withAgent(DemoSettings settings) {
    int cap = DemoSettings.AGENT_MAX_CONNECTIONS;
    return new Act(
        "with agent",
        List.of("-javaagent:" + settings.agentJar(), "-Dtenantpool.max-connections=" + cap),
        OptionalInt.of(cap));
  }

  boolean usesAgent() {
    return cap.isPresent();
  }
}
