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

  /**
   * The mode that an operator wrote.
   *
   * @throws IllegalArgumentException when there is none of that name; the message says which there
   *     are
   */
  public static Mode named(String text) {
    for (Mode mode : values()) {
      if (mode.name().equalsIgnoreCase(text.strip())) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "tenantpool.mode must be pool, observe or off, not " + Secrets.quoted(text));
  }

  /** As an operator writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
