package io.tenantpool.observation;

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
 * The figures of the live tenants: as series of Prometheus' text format, made at each scrape of one
 * look at each server, or as meters. The text is written here and not by Prometheus' library: with
 * 1,000 tenants that makes some 30,000 objects for a scrape, which takes long before it is
 * compiled. Nothing is kept of a tenant between two scrapes.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
final class TenantSeries {

  private static final int CHARACTERS_PER_LINE = 120;

  /** Whole numbers below it are exact. */
  private static final double LARGEST_EXACT = 1L << 53;

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

  TenantSeries(PoolFigures pool, TenantTags tags) {
    this.pool = pool;
    this.tags = tags;
  }

  /** All series, with their help and type. */
  StringBuilder text() {
    List<TenantSnapshot> tenants = new ArrayList<>();
    for (ServerSnapshot server : pool.servers()) {
      pool.liveTenants(server.server()).stream()
          .sorted(BusiestTenants.BUSIEST_FIRST)
          .limit(tags.most())
          .forEach(tenants::add);
    }
    StringBuilder page =
        new StringBuilder(CHARACTERS_PER_LINE * FIGURES.size() * (tenants.size() + 2));
    if (!tenants.isEmpty()) {
      List<String> labels = new ArrayList<>(tenants.size());
      for (TenantSnapshot tenant : tenants) {
        labels.add(labels(tenant));
      }
      for (Figure figure : FIGURES) {
        figure.write(page, tenants, labels);
      }
    }
    return page;
  }

  private static String labels(TenantSnapshot tenant) {
    return "{server=\""
        + escaped(tenant.server())
        + "\",tenant=\""
        + escaped(tenant.tenant())
        + "\"} ";
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
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
      String name, String help, boolean isCounter, ToDoubleFunction<TenantSnapshot> value) {

    void write(StringBuilder page, List<TenantSnapshot> tenants, List<String> labels) {
      String series = isCounter ? name + "_total" : name;
      page.append("# HELP ").append(series).append(' ').append(help).append('\n');
      page.append("# TYPE ").append(series).append(isCounter ? " counter\n" : " gauge\n");
      for (int i = 0; i < labels.size(); i++) {
        page.append(series).append(labels.get(i));
        append(page, value.applyAsDouble(tenants.get(i)));
        page.append('\n');
      }
    }

    private static void append(StringBuilder page, double number) {
      if (number == Math.rint(number) && Math.abs(number) < LARGEST_EXACT) {
        page.append((long) number).append(".0");
      } else {
        page.append(number);
      }
    }
  }
}
