package io.tenantpool.start;

import io.tenantpool.bootstrap.BridgeHolder;
import io.tenantpool.config.InvalidSettingsException;
import io.tenantpool.config.Settings;
import io.tenantpool.config.SettingsLoader;
import io.tenantpool.interception.Installer;
import io.tenantpool.observation.MicrometerSightings;
import io.tenantpool.pool.Ticker;
import io.tenantpool.upkeep.AgentThreads;
import io.tenantpool.upkeep.Faults;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Starts the agent: what must be there before the application's {@code main}, and no more. */
public final class AgentStarter {

  /** The system property by which the command line sees from outside whether the agent is there. */
  private static final String PRESENCE = "io.tenantpool.agent";

  private AgentStarter() {}

  /**
   * Called by the launcher, by name.
   *
   * @param arguments what follows the jar on the command line, null for nothing
   * @return the one message that lists what is wrong with the settings; null when nothing is
   */
  public static @Nullable String start(
      @Nullable String arguments, Instrumentation instrumentation) {
    Settings settings;
    try {
      settings = SettingsLoader.load(arguments);
    } catch (InvalidSettingsException wrong) {
      return wrong.getMessage();
    }
    if (!settings.enabled() || ModuleLayer.boot().findModule("java.sql").isEmpty()) {
      System.setProperty(PRESENCE, "disabled");
      return null;
    }
    Faults faults = new Faults(System.err);
    AgentThreads threads = new AgentThreads(faults, Ticker.system()::nanos);
    MicrometerSightings micrometers = new MicrometerSightings();
    LateBridge bridge =
        new LateBridge(
            (creations, sightings) ->
                new Assembly(settings, creations, micrometers, sightings, threads),
            threads);
    bridge.startAssembling();
    BridgeHolder.set(bridge);
    new Installer(
            settings.poolClasses(),
            bridge::expectConnection,
            micrometers,
            bridge.sightings(),
            faults)
        .install(instrumentation);
    System.setProperty(PRESENCE, "on");
    return null;
  }
}
