package io.tenantpool.config;

import org.jspecify.annotations.Nullable;

/**
 * What an operator has changed.
 *
 * @param server the only server for which it holds; null when it holds for all
 * @param before what held until then
 * @param after what holds now
 */
public record SettingChange(@Nullable String server, Setting before, Setting after) {

  /** Such as {@code tenantpool.max-connections = 50, was 100 (default)}. */
  @Override
  public String toString() {
    return after.key().property()
        + " = "
        + after.text()
        + (server == null ? "" : " for " + server)
        + ", was "
        + before.text()
        + " ("
        + before.source().label()
        + ")";
  }
}
