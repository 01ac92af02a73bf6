package io.tenantpool.pool;

import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import io.tenantpool.config.ResetPolicy;
import io.tenantpool.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings for tests of the pool. */
final class TestSettings {

  private TestSettings() {}

  static Settings budget(int budget) {
    return new Settings(
        true,
        List.of(),
        List.of(),
        budget,
        1,
        List.of(),
        3,
        Duration.ofSeconds(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        ResetPolicy.ALWAYS,
        false,
        false,
        LogLevel.OFF,
        LogFormat.TEXT,
        Optional.empty());
  }
}
