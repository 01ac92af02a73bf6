package io.tenantpool.observation;

import io.tenantpool.config.Settings;
import io.tenantpool.pool.Ticker;
import io.tenantpool.upkeep.AgentThreads;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import org.jspecify.annotations.Nullable;

/**
 * Where the settings want meters beside JMX: on a page for a scraper, and in the application's own
 * registries. The classes of what is not wanted are not touched.
 */
final class MeterStages implements AutoCloseable {

  private final Settings settings;
  private final PoolManagerView manager;
  private final Ticker ticker;
  private final AgentThreads threads;
  private final Faults faults;
  private final @Nullable PrometheusStage prometheus;
  private final @Nullable ApplicationMeters application;
  private @Nullable HttpView http;

  MeterStages(
      Settings settings,
      PoolFigures pool,
      PoolManagerView manager,
      MicrometerSightings micrometers,
      Ticker ticker,
      AgentThreads threads) {
    this.settings = settings;
    this.manager = manager;
    this.ticker = ticker;
    this.threads = threads;
    this.faults = threads.faults();
    this.prometheus = prometheus(pool);
    this.application =
        settings.applicationMeters()
            ? new ApplicationMeters(
                pool, manager, settings.tenantTags(), micrometers, ticker, faults)
            : null;
  }

  /** To be called before any meter is touched, be it over JMX. */
  static void silenceLibraries(Settings settings, Faults faults) {
    if (settings.meters() || settings.http().isPresent()) {
      try {
        SilentLibraries.silence();
      } catch (ReflectiveOperationException failure) {
        // SLF4J then finds its silent provider itself, perhaps after a complaint.
        faults.report(FaultKind.OBSERVATION, "libraries could not be silenced", failure);
      }
    }
  }

  private @Nullable PrometheusStage prometheus(PoolFigures pool) {
    if (settings.http().isEmpty()) {
      return null;
    }
    try {
      return new PrometheusStage(pool, manager, settings.tenantTags(), ticker);
    } catch (Throwable failure) {
      faults.report(FaultKind.HTTP, "meters for HTTP could not be made", failure);
      return null;
    }
  }

  /** These and {@code stage}, as one. */
  Presence.Stage beside(Presence.Stage stage) {
    Presence.Stage stages = prometheus == null ? stage : Presence.Stage.both(stage, prometheus);
    return application == null ? stages : Presence.Stage.both(stages, application);
  }

  /** Answers over HTTP from now on, where that is wanted and possible. */
  void listen(Report report, AgentLog log) {
    if (prometheus != null) {
      http =
          HttpView.open(
              settings.http().orElseThrow(),
              prometheus,
              new Health(manager),
              report,
              ticker,
              log,
              threads);
    }
  }

  /** Answers no more. */
  void hangUp() {
    if (http != null) {
      http.close();
    }
  }

  /** Takes the meters away. */
  @Override
  public void close() {
    if (application != null) {
      application.close();
    }
    if (prometheus != null) {
      prometheus.close();
    }
  }
}
