package io.tenantpool.config;

import java.util.Locale;

/** What the agent does with a connection that the application asks for. */
public enum Mode {
  /** Lends a pooled one. */
  POOL,
  /** Has the driver open one, and watches it. */
  OBSERVE,
  /** Leaves it to the driver. */
  OFF;

  /** As an operator writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
