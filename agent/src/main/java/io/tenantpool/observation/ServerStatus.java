package io.tenantpool.observation;

import io.tenantpool.pool.PinSite;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.TenantSnapshot;
import io.tenantpool.pool.WaitCause;
import io.tenantpool.pool.WaitTally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What one server, its tenants and its pins are like now, for a person with a terminal. */
final class ServerStatus {

  private static final int MOST_TENANTS = 50;
  private static final int MOST_PIN_SITES = 20;
  private static final int MOST_WAITING_TENANTS = 5;

  private ServerStatus() {}

  /** Lines without their ends. */
  static List<String> lines(
      ServerSnapshot server, List<TenantSnapshot> tenants, List<PinSite> pins) {
    List<String> lines = new ArrayList<>();
    server(lines, server);
    whoWaited(lines, tenants);
    tenants(lines, tenants);
    pins(lines, pins);
    return lines;
  }

  private static void server(List<String> lines, ServerSnapshot server) {
    line(
        lines,
        "  connections  %d of %d open (%d active, %d connecting, %d idle), most %d; %d not pooled",
        server.open(),
        server.budget(),
        server.active(),
        server.connecting(),
        server.idle(),
        server.peakOpen(),
        server.bypassed());
    line(
        lines,
        "  borrows      %d, %.1f %% without a connect, mean %.0f us; %d waiting, %d timed out",
        server.borrows(),
        100 * ConnectionCounts.ratio(server.hits(), server.borrows()),
        ConnectionCounts.micros(server.borrowNanos(), server.borrows()),
        server.waiting(),
        server.timeouts());
    line(
        lines,
        "  connects     %d, mean %.0f us; %d failed",
        server.opens(),
        ConnectionCounts.micros(server.openNanos(), server.opens()),
        server.openFailures());
    line(
        lines,
        "  circuit      %s, opened %d times; %d tenants shut, %d borrows untried",
        server.circuit().state(),
        server.circuit().openings(),
        server.circuit().tenantsShut(),
        server.circuit().untried());
    line(
        lines,
        "  limits       configured %d, the server allows %s, others leave %s; turned away %s",
        server.configuredBudget(),
        server.allowed() == 0 ? "it is not known" : server.allowed(),
        server.neighboursLeave() == 0 ? "all" : server.neighboursLeave(),
        server.refusals());
    line(
        lines,
        "  shares       %d each, %s%s; %d connections above them",
        server.perTenant(),
        server.tenantCap().name().toLowerCase(Locale.ROOT),
        server.tenantLimits().equals("none") ? "" : ", " + clean(server.tenantLimits()),
        server.aboveShare());
    line(lines, "  waits        %s", waits(server));
    line(
        lines,
        "  evictions    %s; victims by %s",
        server.evictions(),
        server.evictionOrderNow().name().toLowerCase(Locale.ROOT));
    line(lines, "  pins         %s", server.pins());
    line(lines, "  tenants      %d live of %d", server.liveTenants(), server.tenants());
  }

  /** By what for, each with the mean of those that waited. */
  private static String waits(ServerSnapshot server) {
    StringBuilder text = new StringBuilder();
    for (WaitCause cause : WaitCause.values()) {
      WaitTally tally = server.waits().getOrDefault(cause, WaitTally.NONE);
      if (tally.waits() > 0) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(cause.name().toLowerCase(Locale.ROOT))
            .append(' ')
            .append(tally.waits())
            .append(" of ")
            .append(Math.round(ConnectionCounts.micros(tally.nanos(), tally.waits())))
            .append(" us");
      }
    }
    text.append(text.isEmpty() ? "none" : "");
    if (server.holdAndWaits() > 0) {
      text.append("; ")
          .append(server.holdAndWaits())
          .append(" in vain for what others held and did not use");
    }
    return text.toString();
  }

  /** The live tenants that have waited longest, all waits together, each with its own mean. */
  private static void whoWaited(List<String> lines, List<TenantSnapshot> tenants) {
    List<String> longest =
        tenants.stream()
            .filter(t -> waited(t).waits() > 0 || t.waiting() > 0)
            .sorted(
                Comparator.comparingLong((TenantSnapshot t) -> waited(t).nanos())
                    .reversed()
                    .thenComparing(TenantSnapshot::tenant))
            .limit(MOST_WAITING_TENANTS)
            .map(ServerStatus::inWords)
            .toList();
    if (!longest.isEmpty()) {
      line(lines, "  waited most  %s", String.join(", ", longest));
    }
  }

  private static String inWords(TenantSnapshot t) {
    WaitTally waited = waited(t);
    return clean(t.tenant())
        + ' '
        + waited.waits()
        + " of "
        + Math.round(ConnectionCounts.micros(waited.nanos(), waited.waits()))
        + " us"
        + (t.waiting() > 0 ? " (" + t.waiting() + " now)" : "");
  }

  /** What others kept it waiting for: its own connects are not among that. */
  private static WaitTally waited(TenantSnapshot t) {
    long waits = 0;
    long nanos = 0;
    for (WaitCause cause : WaitCause.values()) {
      if (cause != WaitCause.CONNECT) {
        WaitTally tally = t.waits().getOrDefault(cause, WaitTally.NONE);
        waits += tally.waits();
        nanos += tally.nanos();
      }
    }
    return new WaitTally(waits, nanos);
  }

  private static void tenants(List<String> lines, List<TenantSnapshot> tenants) {
    if (!tenants.isEmpty()) {
      line(
          lines,
          "  %6s %6s %7s %10s %8s  tenant",
          "open",
          "active",
          "waiting",
          "borrows",
          "hits %");
    }
    tenants.stream()
        .sorted(Comparator.comparingLong(TenantSnapshot::borrows).reversed())
        .limit(MOST_TENANTS)
        .forEach(
            t ->
                line(
                    lines,
                    "  %6d %6d %7d %10d %8.1f  %s",
                    t.open(),
                    t.active(),
                    t.waiting(),
                    t.borrows(),
                    100 * ConnectionCounts.ratio(t.hits(), t.borrows()),
                    clean(t.tenant())));
    if (tenants.size() > MOST_TENANTS) {
      line(lines, "  and %d more", tenants.size() - MOST_TENANTS);
    }
  }

  private static void pins(List<String> lines, List<PinSite> sites) {
    for (PinSite site : sites.subList(0, Math.min(sites.size(), MOST_PIN_SITES))) {
      PinSiteFigures shown = new PinSiteFigures(site);
      line(lines, "  pinned %d x %s at %s", shown.getCount(), shown.getCause(), shown.getSite());
    }
  }

  private static void line(List<String> lines, String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }

  /** Names come from URLs: no control character may forge a line. */
  private static String clean(String name) {
    return Secrets.hide(name).replaceAll("\\p{Cntrl}", "?");
  }
}
