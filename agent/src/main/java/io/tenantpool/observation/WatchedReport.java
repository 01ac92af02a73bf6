package io.tenantpool.observation;

import io.tenantpool.observation.capacity.CapacityCurve;
import io.tenantpool.observation.capacity.CapacityPoint;
import io.tenantpool.observation.capacity.CapacityReport;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.WatchedSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What pooling would save on a server whose connections were only watched. */
final class WatchedReport {

  private static final int MOST_TENANTS = 10;

  private final ServerSnapshot server;
  private final List<WatchedSnapshot> watched;
  private final WatchedSnapshot all;
  private final CapacityCurve curve;
  private final List<String> lines = new ArrayList<>();

  /** {@code watched} is not empty. */
  WatchedReport(ServerSnapshot server, List<WatchedSnapshot> watched, CapacityCurve curve) {
    this.server = server;
    this.watched = watched;
    this.all = Objects.requireNonNull(WatchedFigures.ofServer(watched));
    this.curve = curve;
  }

  /** Lines without their ends. */
  List<String> lines() {
    now();
    withPooling();
    tenants();
    if (server.borrows() == 0) {
      CapacityReport.table(server, curve, lines);
    }
    return lines;
  }

  private void now() {
    double seconds = all.windowNanos() / 1e9;
    double connectMillis = all.opens() == 0 ? 0 : all.openNanos() / 1e6 / all.opens();
    line("Server %s, observed and not pooled", clean(server.server()));
    line(
        "  Connects: %d in %.1f s (%.1f per second) of %.1f ms; the application waited %.1f s for"
            + " them.",
        all.windowOpens(),
        seconds,
        rate(all.windowOpens()),
        connectMillis,
        all.windowOpenNanos() / 1e9);
    line(
        "  Connections: %d open now, %d busy; at most %d open, %d busy at once; on average %.2f"
            + " open, %.2f busy.",
        all.held(), all.busy(), all.peakHeld(), all.peakBusy(), all.meanHeld(), all.meanBusy());
    line("  Application pools: %d connections that nobody has checked out now.", all.resting());
    line("  Would pin a lease: %s", pins());
  }

  private String pins() {
    Map<String, Long> named = new TreeMap<>();
    all.wouldPin().forEach((cause, count) -> named.put(cause.name(), count));
    return named.isEmpty()
        ? "nothing."
        : named + ": PinSites of the server says where in the application.";
  }

  // ---- with pooling

  private void withPooling() {
    int reserve = server.reserved();
    int configured = server.budget() - reserve;
    int recommended = curve.recommended().orElse(0);
    for (CapacityPoint point : curve.points()) {
      if (point.cap() == recommended) {
        with(point, point.cap() + reserve, "recommended");
      } else if (point.cap() == configured) {
        with(point, point.cap() + reserve, "configured");
      }
    }
  }

  private void with(CapacityPoint point, int maxConnections, String which) {
    double leases = curve.seconds() > 0 ? curve.borrows() / curve.seconds() : 0;
    double connects = (1 - point.hitRate()) * leases;
    double fewer = rate(all.windowOpens()) - connects;
    double millis = all.opens() == 0 ? 0 : all.openNanos() / 1e6 / all.opens();
    line(
        "  With tenantpool.max-connections=%d (%s): at most %d open at once (%d without pooling).",
        maxConnections, which, Math.min(point.cap(), curve.withoutCap()), all.peakHeld());
    line(
        "    Of %.1f leases per second %.1f %% find a connection open and %.1f %% wait;",
        leases, 100 * point.hitRate(), 100 * point.waitRatio());
    line(
        "    %.1f connects per second, which is %.1f %s: %.0f ms %s in each second.",
        connects,
        Math.abs(fewer),
        fewer < 0 ? "more" : "fewer",
        Math.abs(fewer) * millis,
        fewer < 0 ? "more" : "saved");
  }

  // ---- who holds what

  private void tenants() {
    line("");
    line("  Most idle, on average:");
    line("%10s %8s %8s %6s %8s  %s", "idle", "open", "busy", "most", "connects", "tenant");
    List<WatchedSnapshot> byIdle = WatchedFigures.tenantsByIdle(watched);
    byIdle.stream()
        .limit(MOST_TENANTS)
        .forEach(
            tenant ->
                line(
                    "%10.2f %8.2f %8.2f %6d %8d  %s",
                    tenant.meanIdle(),
                    tenant.meanHeld(),
                    tenant.meanBusy(),
                    tenant.peakHeld(),
                    tenant.opens(),
                    clean(tenant.tenant())));
    if (byIdle.size() > MOST_TENANTS) {
      line("  and %d more", byIdle.size() - MOST_TENANTS);
    }
  }

  /** So many in the window, per second. */
  private double rate(long count) {
    return count * 1e9 / Math.max(1, all.windowNanos());
  }

  private void line(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }

  /** Names come from URLs: no control character may forge a line. */
  private static String clean(String name) {
    return Secrets.hide(name).replaceAll("\\p{Cntrl}", "?");
  }
}
