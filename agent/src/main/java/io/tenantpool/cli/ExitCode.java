package io.tenantpool.cli;

import java.util.ArrayList;
import java.util.List;

/** How the tool ends, for scripts. */
enum ExitCode {
  OK(0, "done"),
  FAILED(1, "something that nobody has foreseen"),
  USAGE(2, "wrong command line or wrong settings"),
  NO_JDK(3, "this java is no JDK of version 17 or newer"),
  NO_JVM(4, "no such process, not a JVM, or it has ended"),
  NOT_ALLOWED(5, "the JVM belongs to another user"),
  NOT_ATTACHABLE(6, "the JVM does not let itself be attached to, or does not answer"),
  NO_AGENT(7, "the agent is not there"),
  AGENT_THERE(8, "the agent is there already"),
  AGENT_NOT_STARTED(9, "the agent was brought there, but did not start"),
  NO_TENANT(10, "no such tenant or server, several, or a tenant that is only watched");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  /** All of them as picocli wants them: {@code code:meaning}. */
  static List<String> described() {
    List<String> lines = new ArrayList<>();
    for (ExitCode exit : values()) {
      lines.add(exit.code + ":" + exit.meaning);
    }
    return lines;
  }
}
