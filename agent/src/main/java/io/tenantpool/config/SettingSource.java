package io.tenantpool.config;

import org.jspecify.annotations.Nullable;

/** Where a value can come from; who stands first wins. */
public enum SettingSource {
  /** An operator changed it, after the start: {@link RuntimeSettings}. */
  RUN_TIME("change at run time"),
  SYSTEM_PROPERTY("system property"),
  AGENT_ARGUMENT("agent argument"),
  ENVIRONMENT("environment variable"),
  FILE("config file"),
  DEFAULT("default");

  private final String label;

  SettingSource(String label) {
    this.label = label;
  }

  /** What it is called in messages. */
  public String label() {
    return label;
  }

  /** The name by which this source knows a setting. */
  public String nameOf(SettingKey key) {
    return switch (this) {
      case RUN_TIME, SYSTEM_PROPERTY, FILE, DEFAULT -> key.property();
      case AGENT_ARGUMENT -> key.argument();
      case ENVIRONMENT -> key.environment();
    };
  }

  /** The setting that has this name in this source, or null. Names are exact, case included. */
  @Nullable SettingKey find(String name) {
    for (SettingKey key : SettingKey.values()) {
      if (nameOf(key).equals(name)) {
        return key;
      }
    }
    return null;
  }
}
