package io.tenantpool.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What can be varied on the command line.
 *
 * @param length how long the program runs each time
 * @param threads threads of the sample program
 * @param keep whether the program stays up with the agent at the end, to be looked at
 * @param agentJar the finished agent
 * @param directory where the server's log stays, and everything else while the demo runs
 */
record DemoSettings(Duration length, int threads, boolean keep, Path agentJar, Path directory) {

  /** Databases, and users, one for each tenant. */
  static final int TENANTS = 50;

  /** PostgreSQL's own limit. */
  static final int SERVER_MAX_CONNECTIONS = 60;

  /** The agent's hard cap. */
  static final int AGENT_MAX_CONNECTIONS = 40;

  DemoSettings {
    require(
        length.toSeconds() >= 3 && length.toSeconds() <= 3600, "demo.seconds: 3 to 3600, please");
    require(threads >= 1 && threads <= 50, "demo.threads: 1 to 50, please");
    require(Files.isRegularFile(agentJar), "The agent is not built: " + agentJar);
  }

  static DemoSettings fromSystemProperties() {
    return new DemoSettings(
        Duration.ofSeconds(Integer.getInteger("demo.seconds", 12)),
        Integer.getInteger("demo.threads", 16),
        Boolean.getBoolean("demo.keep"),
        Path.of(System.getProperty("demo.agent")),
        Path.of(System.getProperty("demo.directory")));
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
