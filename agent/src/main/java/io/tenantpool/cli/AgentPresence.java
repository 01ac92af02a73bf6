package io.tenantpool.cli;

import java.util.Locale;
import java.util.Properties;

/** Whether the agent is in a JVM, as the system property says that it sets when it starts. */
enum AgentPresence {
  /** It is there and at work. */
  YES,
  /** It was started and told to do nothing. */
  DISABLED,
  NO,
  /** The JVM could not be asked. */
  UNKNOWN;

  /** Set by {@code io.tenantpool.start.AgentStarter}. */
  static final String PROPERTY = "io.tenantpool.agent";

  static AgentPresence in(Properties properties) {
    return switch (properties.getProperty(PROPERTY, "")) {
      case "" -> NO;
      case "disabled" -> DISABLED;
      default -> YES;
    };
  }

  /** As it is shown. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
