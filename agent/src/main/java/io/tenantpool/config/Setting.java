package io.tenantpool.config;

/**
 * One setting as it is in force, for people to read.
 *
 * @param key which one
 * @param text its value as it was written, with secrets replaced
 * @param source where that was written
 */
public record Setting(SettingKey key, String text, SettingSource source) {

  /** Such as {@code tenantpool.max-connections = 100 (default)}. */
  @Override
  public String toString() {
    return key.property() + " = " + text + " (" + source.label() + ")";
  }
}
