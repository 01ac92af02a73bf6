package io.tenantpool.cli;

/**
 * One JVM of this machine.
 *
 * @param program main class or jar, without its arguments: those may hold secrets
 * @param java its version, empty when it could not be asked
 * @param problem why it could not be asked, else empty
 */
record LocalJvm(long pid, AgentPresence agent, String java, String program, String problem) {

  /** The first word of what the attach API shows. */
  static String programOf(String displayName) {
    String name = displayName.strip();
    int blank = name.indexOf(' ');
    String program = blank < 0 ? name : name.substring(0, blank);
    return program.isEmpty() ? "-" : program;
  }
}
