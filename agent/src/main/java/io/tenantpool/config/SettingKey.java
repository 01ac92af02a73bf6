package io.tenantpool.config;

/** One thing that can be configured: name, type, default, range, text. */
public enum SettingKey {
  ENABLED
}
