package io.tenantpool.performance;

import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.config.Settings;
import io.tenantpool.observation.MicrometerSightings;
import io.tenantpool.observation.Observation;
import io.tenantpool.pool.ConnectionWatch;
import io.tenantpool.pool.PoolBenchmarkAccess;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import io.tenantpool.upkeep.Upkeep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;

/**
 * What it costs a borrow and its return, without I/O, that somebody could watch or does: {@code
 * asleep} as the agent is by default, {@code recording} with a Flight Recorder that runs and keeps
 * borrows over 10 ms, {@code audit} with a line for each lease and return.
 */
public final class WatchFigures {

  private WatchFigures() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("watch-figures");
    String what = arguments[0];
    String settings =
        "max-connections=40,max-connections-per-tenant=10,log-file=" + directory.resolve("log");
    if (what.equals("audit")) {
      settings += ",audit-file=" + directory.resolve("audit");
    }
    RuntimeSettings parsed = new RuntimeSettings(Settings.of(settings));
    Observation observation =
        new Observation(
            parsed, "1", Upkeep.threads(), new MicrometerSightings(), ModeSwitch.of(parsed));
    Route.Pooled route = TestRoutes.route("acme");
    try (PoolManager bare = PoolBenchmarkAccess.manager(40, 10);
        PoolManager watched = PoolBenchmarkAccess.manager(40, 10, watchOf(observation));
        Recording recording = new Recording()) {
      bare.start();
      watched.start();
      PoolBenchmarkAccess.leaveUntouched(true);
      if (what.equals("recording")) {
        recording.enable("io.tenantpool.Borrow").withThreshold(Duration.ofMillis(10));
        recording.start();
      }
      for (int threads : new int[] {1, 2}) {
        System.out.println("borrow and return without I/O, " + what + ", " + threads + " threads");
        new Interleaved(threads, 300)
            .variant(
                "nobody",
                (index, times) -> {
                  for (int i = 0; i < times; i++) {
                    PoolBenchmarkAccess.borrow(bare, route).end();
                  }
                })
            .variant(
                what,
                (index, times) -> {
                  for (int i = 0; i < times; i++) {
                    PoolBenchmarkAccess.borrow(watched, route).end();
                  }
                })
            .run(7)
            .forEach(System.out::println);
      }
    }
    observation.close();
  }

  private static PoolListener watchOf(Observation observation) {
    return new PoolListener() {
      @Override
      public ConnectionWatch watch() {
        return observation.listener().watch();
      }
    };
  }
}
