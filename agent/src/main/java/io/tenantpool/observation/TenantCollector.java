package io.tenantpool.observation;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tenantpool.config.TenantTags;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.TenantSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The series of the live tenants, made at each scrape of one look at each server. Nothing is kept
 * of a tenant between two scrapes.
 */
final class TenantCollector implements MultiCollector {

  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private static final List<Figure> FIGURES =
      List.of(
          gauge("connections_limit", "The cap of the tenant", TenantSnapshot::limit),
          gauge("connections_open", "Permits in use", TenantSnapshot::open),
          gauge("connections_active", "Lent to the application", TenantSnapshot::active),
          gauge("connections_idle", "Ready for the next borrow", TenantSnapshot::idle),
          gauge("waiting", "Threads in the waiting line", TenantSnapshot::waiting),
          counter("borrows", "Borrows that succeeded", TenantSnapshot::borrows),
          counter(
              "borrow_seconds",
              "Time of those borrows, waiting and connecting included",
              t -> t.borrowNanos() / NANOS_PER_SECOND),
          counter("hits", "Borrows that needed no connect", TenantSnapshot::hits),
          counter("timeouts", "Borrows that timed out", TenantSnapshot::timeouts),
          counter("opens", "Connects that succeeded", TenantSnapshot::opens),
          counter("open_failures", "Connects that failed", TenantSnapshot::openFailures),
          counter("evictions", "Closed by the pool", t -> sum(t.evictions())),
          counter("pins", "Leases that could not end or be reused", t -> sum(t.pins())));

  private final PoolFigures pool;
  private final TenantTags tags;

  TenantCollector(PoolFigures pool, TenantTags tags) {
    this.pool = pool;
    this.tags = tags;
  }

  @Override
  public MetricSnapshots collect() {
    List<TenantSnapshot> tenants = new ArrayList<>();
    for (ServerSnapshot server : pool.servers()) {
      pool.liveTenants(server.server()).stream()
          .sorted(BusiestTenants.BUSIEST_FIRST)
          .limit(tags.most())
          .forEach(tenants::add);
    }
    List<Labels> labels = new ArrayList<>(tenants.size());
    for (TenantSnapshot tenant : tenants) {
      labels.add(Labels.of("server", tenant.server(), "tenant", tenant.tenant()));
    }
    List<MetricSnapshot> series = new ArrayList<>();
    if (!tenants.isEmpty()) {
      for (Figure figure : FIGURES) {
        series.add(
            figure.isCounter ? counters(figure, tenants, labels) : gauges(figure, tenants, labels));
      }
    }
    return new MetricSnapshots(series);
  }

  /** The same figures of one tenant as meters. */
  static void meters(
      MeterSet meters, String server, String tenant, Supplier<TenantSnapshot> snapshot) {
    String[] tags = {"server", server, "tenant", tenant};
    for (Figure figure : FIGURES) {
      String name = figure.name.replace('_', '.');
      DoubleSupplier value = () -> figure.value.applyAsDouble(snapshot.get());
      if (figure.isCounter) {
        meters.counter(name, figure.help, value, tags);
      } else {
        meters.gauge(name, figure.help, value, tags);
      }
    }
  }

  private static MetricSnapshot gauges(
      Figure figure, List<TenantSnapshot> tenants, List<Labels> labels) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(figure.name).help(figure.help);
    for (int i = 0; i < tenants.size(); i++) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(labels.get(i))
              .value(figure.value.applyAsDouble(tenants.get(i)))
              .build());
    }
    return gauge.build();
  }

  private static MetricSnapshot counters(
      Figure figure, List<TenantSnapshot> tenants, List<Labels> labels) {
    CounterSnapshot.Builder counter = CounterSnapshot.builder().name(figure.name).help(figure.help);
    for (int i = 0; i < tenants.size(); i++) {
      counter.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(labels.get(i))
              .value(figure.value.applyAsDouble(tenants.get(i)))
              .build());
    }
    return counter.build();
  }

  private static double sum(Map<?, Long> byCause) {
    return byCause.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Figure gauge(String name, String help, ToDoubleFunction<TenantSnapshot> value) {
    return new Figure("tenantpool_tenant_" + name, help, false, value);
  }

  private static Figure counter(String name, String help, ToDoubleFunction<TenantSnapshot> value) {
    return new Figure("tenantpool_tenant_" + name, help, true, value);
  }

  private record Figure(
      String name, String help, boolean isCounter, ToDoubleFunction<TenantSnapshot> value) {}
}
