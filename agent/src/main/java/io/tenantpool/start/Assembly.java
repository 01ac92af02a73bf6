package io.tenantpool.start;

import io.tenantpool.bootstrap.ConnectionBridge;
import io.tenantpool.config.Mode;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.LogicalConnections;
import io.tenantpool.interception.Creations;
import io.tenantpool.interception.DriverSightings;
import io.tenantpool.interception.Redirect;
import io.tenantpool.observation.MicrometerSightings;
import io.tenantpool.observation.Observation;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import io.tenantpool.routing.Router;
import io.tenantpool.upkeep.AgentThreads;

/**
 * The agent's rooms, put together. When the JVM ends, what the log has still to say is written, for
 * two seconds at most; the pool goes on, for a shutdown hook of the application may need it.
 */
final class Assembly implements LateBridge.Agent {

  private final Observation observation;
  private final PoolManager pool;
  private final ConnectionBridge door;

  Assembly(
      Settings settings,
      Creations creations,
      MicrometerSightings micrometers,
      DriverSightings sightings,
      AgentThreads threads) {
    RuntimeSettings runtime = new RuntimeSettings(settings);
    ModeSwitch mode = ModeSwitch.of(runtime);
    observation = new Observation(runtime, version(), threads, micrometers, mode);
    try {
      pool = new PoolManager(runtime, Ticker.system(), observation.listener(), threads);
      observation.expect(pool);
      pool.pool(mode.current() == Mode.POOL);
      mode.onSwitch((before, now) -> pool.pool(now == Mode.POOL));
      door =
          new Redirect(
              new Router(settings, Ticker.system()::nanos),
              pool,
              new LogicalConnections(),
              creations,
              threads.faults(),
              mode);
      sightings.tell(pool.unpooled()::add);
      pool.start();
      endWithTheJvm(observation);
    } catch (Throwable failure) {
      // Another assembly may follow, with an audit of its own.
      observation.close();
      throw failure;
    }
  }

  private static void endWithTheJvm(Observation observation) {
    try {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(null, observation::close, "tenant-pool-shutdown", 0, false));
    } catch (IllegalStateException endsAlready) {
      // A shutdown hook of the application is what needs its first connection now.
    }
  }

  @Override
  public ConnectionBridge door() {
    return door;
  }

  @Override
  public void observe() {
    observation.start(pool);
  }

  /** From the manifest of the jar, which the boot loader's classes came from. */
  private static String version() {
    String version = ConnectionBridge.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
