package io.tenantpool.observation;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tenantpool.config.TenantTags;
import io.tenantpool.pool.Ticker;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Shows servers as meters that Prometheus scrapes. Tenants are looked up at each scrape instead
 * ({@link TenantSeries}), so that one without figures costs nothing.
 */
final class PrometheusStage implements Presence.Stage, AutoCloseable {

  private static final Set<String> HISTOGRAMS = Set.of("tenantpool.borrow", "tenantpool.lease");

  /** Milliseconds; a hit takes less than the first, {@code acquire-timeout} is 30 s. */
  private static final double[] BUCKETS_MILLIS = {
    0.1, 0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000
  };

  private final PoolFigures pool;
  private final Ticker ticker;
  private final TenantSeries tenants;
  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(key -> null);

  @SuppressWarnings("UnusedVariable") // keeps what Micrometer refers to weakly
  private final ManagerMeters managerMeters;

  PrometheusStage(PoolFigures pool, PoolManagerMXBean manager, TenantTags tags, Ticker ticker) {
    this.pool = pool;
    this.ticker = ticker;
    registry.config().meterFilter(new Buckets());
    managerMeters = new ManagerMeters(registry, manager);
    tenants = new TenantSeries(pool, tags);
  }

  /** Every figure in Prometheus' text format. */
  String scrape() {
    return tenants.text().append(registry.scrape()).toString();
  }

  @Override
  public Presence server(String server) {
    ServerMeters meters =
        new ServerMeters(registry, server, ServerFigures.of(pool, server, ticker));
    return new Presence() {
      @Override
      public void borrowed(long nanos) {
        meters.borrowed(nanos);
      }

      @Override
      public void returned(long nanos) {
        meters.returned(nanos);
      }

      @Override
      public void close() {
        meters.close();
      }
    };
  }

  @Override
  public Presence tenant(String server, String tenant) {
    return new Presence() {};
  }

  @Override
  public void close() {
    registry.close();
  }

  private static final class Buckets implements MeterFilter {
    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
      if (!HISTOGRAMS.contains(id.getName())) {
        return config;
      }
      double[] nanos = BUCKETS_MILLIS.clone();
      for (int i = 0; i < nanos.length; i++) {
        nanos[i] *= TimeUnit.MILLISECONDS.toNanos(1);
      }
      return DistributionStatisticConfig.builder()
          .serviceLevelObjectives(nanos)
          .build()
          .merge(config);
    }
  }
}
