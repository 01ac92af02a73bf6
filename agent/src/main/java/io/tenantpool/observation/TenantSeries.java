package io.tenantpool.observation;

import io.tenantpool.config.TenantTags;
import io.tenantpool.pool.CircuitState;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.TenantSnapshot;
import io.tenantpool.pool.WaitCause;
import io.tenantpool.pool.WaitTally;
import io.tenantpool.pool.WatchedSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the live tenants: as series of Prometheus' text format, made at each scrape of one
 * look at each server, or as meters. Tenants whose connections are only watched have series of
 * their own, and no meters. The text is written here and not by Prometheus' library: with 1,000
 * tenants that makes some 30,000 objects for a scrape, which takes long before it is compiled.
 * Nothing is kept of a tenant between two scrapes.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
final class TenantSeries {

  private static final int CHARACTERS_PER_LINE = 120;

  /** Whole numbers below it are exact. */
  private static final double LARGEST_EXACT = 1L << 53;

  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private static final List<Figure<TenantSnapshot>> FIGURES =
      List.of(
          gauge("connections_limit", "The cap of the tenant", TenantSnapshot::limit),
          gauge("connections_share", "What it is sure of", TenantSnapshot::share),
          gauge("connections_above_share", "Go first", TenantSnapshot::aboveShare),
          gauge("connections_open", "Permits in use", TenantSnapshot::open),
          gauge("connections_active", "Lent to the application", TenantSnapshot::active),
          gauge("connections_connecting", "Being opened", TenantSnapshot::connecting),
          gauge("connections_idle", "Ready for the next borrow", TenantSnapshot::idle),
          gauge("waiting", "Threads in the waiting line", TenantSnapshot::waiting),
          counter("borrows", "Borrows that succeeded", TenantSnapshot::borrows),
          counter(
              "borrow_seconds",
              "Time of those borrows, waiting and connecting included",
              t -> t.borrowNanos() / NANOS_PER_SECOND),
          counter("hits", "Borrows that needed no connect", TenantSnapshot::hits),
          counter("timeouts", "Borrows that timed out", TenantSnapshot::timeouts),
          counter("hold_and_waits", "Held and not used", TenantSnapshot::holdAndWaits),
          counter("opens", "Connects that succeeded", TenantSnapshot::opens),
          counter("open_failures", "Connects that failed", TenantSnapshot::openFailures),
          gauge(
              "circuit_open",
              "1 while connects are held back",
              t -> t.circuit() == CircuitState.CLOSED ? 0 : 1),
          counter("untried", "Told what others had met", TenantSnapshot::untried),
          counter("evictions", "Closed by the pool", t -> sum(t.evictions())),
          counter("pins", "Leases that could not end or be reused", t -> sum(t.pins())),
          waits(WaitCause.BUDGET),
          waits(WaitCause.SHARE),
          waits(WaitCause.RESET),
          waits(WaitCause.CONNECT),
          waitSeconds(WaitCause.BUDGET),
          waitSeconds(WaitCause.SHARE),
          waitSeconds(WaitCause.RESET),
          waitSeconds(WaitCause.CONNECT));

  private static final List<Figure<WatchedSnapshot>> WATCHED =
      List.of(
          gauge("watched_connections_open", "Open, not pooled", WatchedSnapshot::held),
          gauge("watched_connections_busy", "Of those, in use", WatchedSnapshot::busy),
          counter("watched_opens", "Connects that succeeded", WatchedSnapshot::opens),
          counter("watched_pins", "Leases that would have been pinned", t -> sum(t.wouldPin())));

  private static final Comparator<WatchedSnapshot> LARGEST_FIRST =
      Comparator.comparingInt(WatchedSnapshot::held)
          .thenComparingLong(WatchedSnapshot::opens)
          .reversed()
          .thenComparing(WatchedSnapshot::tenant);

  private final PoolFigures pool;
  private final TenantTags tags;

  TenantSeries(PoolFigures pool, TenantTags tags) {
    this.pool = pool;
    this.tags = tags;
  }

  /** All series, with their help and type. */
  StringBuilder text() {
    List<TenantSnapshot> tenants = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    List<WatchedSnapshot> watched = new ArrayList<>();
    List<String> watchedLabels = new ArrayList<>();
    for (ServerSnapshot server : pool.servers()) {
      String name = server.server();
      most(pool.liveTenants(name), BusiestTenants.BUSIEST_FIRST, tenants);
      tenants.stream().skip(labels.size()).forEach(t -> labels.add(labels(name, t.tenant())));
      most(pool.recentlyWatched(name), LARGEST_FIRST, watched);
      watched.stream()
          .skip(watchedLabels.size())
          .forEach(t -> watchedLabels.add(labels(name, t.tenant())));
    }
    int lines = FIGURES.size() * (tenants.size() + 2) + WATCHED.size() * (watched.size() + 2);
    StringBuilder page = new StringBuilder(CHARACTERS_PER_LINE * lines);
    write(page, FIGURES, tenants, labels);
    write(page, WATCHED, watched, watchedLabels);
    return page;
  }

  private <T> void most(List<T> tenants, Comparator<T> order, List<T> chosen) {
    tenants.stream().sorted(order).limit(tags.most()).forEach(chosen::add);
  }

  private static <T> void write(
      StringBuilder page, List<Figure<T>> figures, List<T> tenants, List<String> labels) {
    if (!tenants.isEmpty()) {
      figures.forEach(figure -> figure.write(page, tenants, labels));
    }
  }

  private static String labels(String server, String tenant) {
    return "{server=\"" + escaped(server) + "\",tenant=\"" + escaped(tenant) + "\"} ";
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** The same figures of one tenant as meters. */
  static void meters(
      MeterSet meters, String server, String tenant, Supplier<TenantSnapshot> snapshot) {
    String[] plain = {"server", server, "tenant", tenant};
    for (Figure<TenantSnapshot> figure : FIGURES) {
      String[] tags =
          figure.cause == null
              ? plain
              : new String[] {"server", server, "tenant", tenant, "cause", figure.causeName()};
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

  private static Figure<TenantSnapshot> waits(WaitCause cause) {
    return Figure.of(
        "waits", "Borrows that waited, by what for", cause, t -> tally(t, cause).waits());
  }

  private static Figure<TenantSnapshot> waitSeconds(WaitCause cause) {
    return Figure.of(
        "wait_seconds",
        "Time of those waits",
        cause,
        t -> tally(t, cause).nanos() / NANOS_PER_SECOND);
  }

  private static WaitTally tally(TenantSnapshot tenant, WaitCause cause) {
    return tenant.waits().getOrDefault(cause, WaitTally.NONE);
  }

  private static <T> Figure<T> gauge(String name, String help, ToDoubleFunction<T> value) {
    return new Figure<>("tenantpool_tenant_" + name, help, false, null, value);
  }

  private static <T> Figure<T> counter(String name, String help, ToDoubleFunction<T> value) {
    return new Figure<>("tenantpool_tenant_" + name, help, true, null, value);
  }

  /** One that counts by cause has the causes one after the other. */
  private record Figure<T>(
      String name,
      String help,
      boolean isCounter,
      @Nullable WaitCause cause,
      ToDoubleFunction<T> value) {

    static Figure<TenantSnapshot> of(
        String name, String help, WaitCause cause, ToDoubleFunction<TenantSnapshot> value) {
      return new Figure<>("tenantpool_tenant_" + name, help, true, cause, value);
    }

    String causeName() {
      return cause == null ? "" : cause.name().toLowerCase(Locale.ROOT);
    }

    void write(StringBuilder page, List<T> tenants, List<String> labels) {
      String series = isCounter ? name + "_total" : name;
      if (cause == null || cause.ordinal() == 0) {
        page.append("# HELP ").append(series).append(' ').append(help).append('\n');
        page.append("# TYPE ").append(series).append(isCounter ? " counter\n" : " gauge\n");
      }
      String start = cause == null ? series : series + "{cause=\"" + causeName() + "\",";
      for (int i = 0; i < labels.size(); i++) {
        page.append(start).append(labels.get(i), cause == null ? 0 : 1, labels.get(i).length());
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
