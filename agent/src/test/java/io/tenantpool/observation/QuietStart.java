package io.tenantpool.observation;

import io.tenantpool.config.LogLevel;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import io.tenantpool.upkeep.Upkeep;

/** What a JVM does in {@code premain} when its application then uses no database. */
final class QuietStart {

  private QuietStart() {}

  public static void main(String[] arguments) {
    var settings = new RuntimeSettings(Show.settings(true, true, LogLevel.INFO));
    Observation observation =
        new Observation(
            settings, "1", Upkeep.threads(), new MicrometerSightings(), ModeSwitch.of(settings));
    observation.start(new PoolManager(settings, Ticker.system(), observation.listener()));
    observation.close();
  }
}
