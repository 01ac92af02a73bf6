package io.tenantpool.config;

/** How much the agent's own log says. */
public enum LogLevel {
  OFF,
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE
}
