package io.tenantpool.observation;

import io.tenantpool.pool.PinSite;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.TenantSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The whole on one page of text, for a person with a terminal. */
final class StatusReport {

  private static final int MOST_TENANTS = 50;
  private static final int MOST_PIN_SITES = 20;

  private final PoolManagerMXBean manager;
  private final PoolFigures pool;

  StatusReport(PoolManagerMXBean manager, PoolFigures pool) {
    this.manager = manager;
    this.pool = pool;
  }

  /** Whether the agent works: one object of JSON. */
  String health() {
    return String.format(
        Locale.ROOT,
        "{\"status\":\"up\",\"servers\":%d,\"open\":%d,\"waiting\":%d,\"agentFaults\":%d,"
            + "\"observationFaults\":%d}%n",
        manager.getServers().length,
        manager.getOpen(),
        manager.getWaiting(),
        manager.getAgentFaults(),
        manager.getObservationFaults());
  }

  String text() {
    StringBuilder page = new StringBuilder();
    page.append("Tenant Pool Agent ").append(manager.getVersion()).append('\n');
    for (ServerSnapshot server : pool.servers()) {
      server(page, server);
      tenants(page, pool.liveTenants(server.server()));
      pins(page, pool.pinSites(server.server()));
    }
    return page.toString();
  }

  private static void server(StringBuilder page, ServerSnapshot server) {
    line(page, "");
    line(page, "Server %s", clean(server.server()));
    line(
        page,
        "  connections  %d of %d open (%d active, %d idle), most %d; %d not pooled",
        server.open(),
        server.budget(),
        server.active(),
        server.idle(),
        server.peakOpen(),
        server.bypassed());
    line(
        page,
        "  borrows      %d, %.1f %% without a connect, mean %.0f us; %d waiting, %d timed out",
        server.borrows(),
        100 * ConnectionCounts.ratio(server.hits(), server.borrows()),
        ConnectionCounts.micros(server.borrowNanos(), server.borrows()),
        server.waiting(),
        server.timeouts());
    line(
        page,
        "  connects     %d, mean %.0f us; %d failed",
        server.opens(),
        ConnectionCounts.micros(server.openNanos(), server.opens()),
        server.openFailures());
    line(page, "  evictions    %s", server.evictions());
    line(page, "  pins         %s", server.pins());
    line(page, "  tenants      %d live of %d", server.liveTenants(), server.tenants());
  }

  private static void tenants(StringBuilder page, List<TenantSnapshot> tenants) {
    if (!tenants.isEmpty()) {
      line(
          page, "  %6s %6s %7s %10s %8s  tenant", "open", "active", "waiting", "borrows", "hits %");
    }
    tenants.stream()
        .sorted(Comparator.comparingLong(TenantSnapshot::borrows).reversed())
        .limit(MOST_TENANTS)
        .forEach(
            t ->
                line(
                    page,
                    "  %6d %6d %7d %10d %8.1f  %s",
                    t.open(),
                    t.active(),
                    t.waiting(),
                    t.borrows(),
                    100 * ConnectionCounts.ratio(t.hits(), t.borrows()),
                    clean(t.tenant())));
    if (tenants.size() > MOST_TENANTS) {
      line(page, "  and %d more", tenants.size() - MOST_TENANTS);
    }
  }

  private static void pins(StringBuilder page, List<PinSite> sites) {
    for (PinSite site : sites.subList(0, Math.min(sites.size(), MOST_PIN_SITES))) {
      PinSiteFigures shown = new PinSiteFigures(site);
      line(page, "  pinned %d x %s at %s", shown.getCount(), shown.getCause(), shown.getSite());
    }
  }

  private static void line(StringBuilder page, String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** Names come from URLs: no control character may forge a line. */
  private static String clean(String name) {
    return Secrets.hide(name).replaceAll("\\p{Cntrl}", "?");
  }
}
