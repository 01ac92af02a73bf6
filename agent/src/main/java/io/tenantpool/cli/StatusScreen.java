package io.tenantpool.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One reading on one screen; with more tenants and the settings, a report. */
final class StatusScreen {

  private static final String TENANT = "  %-28s %6s %6s %6s %8s %6s %6s %6s %10s %9s %8s%s";
  private static final String WATCHED = "  %-28s %6s %6s %6s %8s %10s %9s";
  private static final int NAME_WIDTH = 28;
  private static final int BAR_WIDTH = 30;
  private static final int MOST_SITES = 10;
  private static final int MOST_WAITING = 5;

  private final Reading reading;
  private final int mostTenants;

  StatusScreen(Reading reading, int mostTenants) {
    this.reading = reading;
    this.mostTenants = mostTenants;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(headline(reading));
    List<Map<?, ?>> unpooled = reading.manager().rows("NotPooledSites");
    if (reading.servers().isEmpty() && unpooled.isEmpty()) {
      lines.add("");
      lines.add("No connection has been asked for yet.");
    }
    for (Bean server : reading.servers()) {
      lines.add("");
      server(server, lines);
      waited(server, lines);
      tenants(server, lines);
      watched(server, lines);
    }
    notPooled(unpooled, lines);
    faults(lines);
    return lines;
  }

  static String headline(Reading reading) {
    String mode = reading.manager().text("Mode");
    return "Tenant Pool Agent "
        + reading.manager().text("Version")
        + "   JVM "
        + reading.pid()
        + "   up "
        + Words.age(reading.uptimeMillis())
        + (mode.isEmpty() ? "" : "   mode " + mode.toLowerCase(Locale.ROOT));
  }

  private static void server(Bean server, List<String> lines) {
    lines.add("Server " + Words.visible(server.name()));
    line(
        lines,
        "budget",
        Bar.of(server).drawn(BAR_WIDTH, false)
            + "   peak "
            + server.count("PeakOpen")
            + lowered(server));
    line(
        lines,
        "now",
        server.count("Active")
            + " active   "
            + server.count("Connecting")
            + " connecting   "
            + server.count("Idle")
            + " idle   "
            + server.count("Waiting")
            + " waiting   "
            + server.count("Bypassed")
            + " not pooled");
    line(
        lines,
        "tenants",
        server.count("LiveTenants")
            + " live of "
            + server.count("Tenants")
            + " seen, "
            + shares(server));
    line(
        lines,
        "borrows",
        server.count("Borrows")
            + "   hit rate "
            + Words.percent(server.decimal("HitRate"))
            + "   timeouts "
            + server.count("Timeouts")
            + "   failed connects "
            + server.count("OpenFailures")
            + turnedAway(server));
    line(
        lines,
        "times",
        "p50 "
            + Words.micros(server.decimal("BorrowMicrosP50"))
            + "   p99 "
            + Words.micros(server.decimal("BorrowMicrosP99"))
            + "   longest "
            + Words.micros(server.decimal("BorrowMicrosMax"))
            + "   connect "
            + Words.micros(server.decimal("ConnectMicrosMean")));
    line(lines, "waits", waits(server) + heldAndWaited(server));
    circuit(server).ifPresent(text -> line(lines, "circuit", text));
    line(lines, "evictions", Words.causes(server.causes("Evictions")) + victims(server));
    line(lines, "pins", Words.causes(server.causes("Pins")));
  }

  /** What holds connects back; empty while nothing does. */
  static Optional<String> circuit(Bean server) {
    String state = server.text("Circuit").toLowerCase(Locale.ROOT).replace('_', '-');
    long shut = server.count("TenantsShut");
    boolean isClosed = state.isEmpty() || state.equals("closed");
    if (isClosed && shut == 0) {
      return Optional.empty();
    }
    String text =
        isClosed ? "closed" : state + " after " + server.count("FailedInARow") + " failed";
    return Optional.of(
        text + "   tenants shut " + shut + "   borrows untried " + server.count("Untried"));
  }

  /** What tenants are sure of, and what they may have at most. */
  private static String shares(Bean server) {
    String limits = server.text("TenantLimits");
    return server.count("Share")
        + " connections sure each, "
        + server.count("Cap")
        + " at most"
        + (server.text("TenantCap").isEmpty()
            ? ""
            : " (" + server.text("TenantCap").toLowerCase(Locale.ROOT) + ")")
        + "   above shares "
        + server.count("AboveShare")
        + (limits.isEmpty() || limits.equals("none") ? "" : "   " + Words.visible(limits));
  }

  private static String victims(Bean server) {
    String order = server.text("EvictionOrderNow");
    return order.isEmpty() ? "" : "   victims by " + order.toLowerCase(Locale.ROOT);
  }

  private static String lowered(Bean server) {
    long asked = server.count("ConfiguredBudget");
    if (asked <= server.count("Budget")) {
      return "";
    }
    long left = server.count("NeighboursLeave");
    return "   lowered from "
        + asked
        + (left == server.count("Budget")
            ? ": others use the server's connections"
            : ": the server allows no more");
  }

  private static String heldAndWaited(Bean server) {
    long inVain = server.count("HoldAndWaits");
    return inVain == 0 ? "" : "   in vain for what others held and did not use " + inVain;
  }

  private static String turnedAway(Bean server) {
    return server.sum("TurnedAway") == 0
        ? ""
        : "   turned away " + Words.causes(server.causes("TurnedAway"));
  }

  private static void line(List<String> lines, String label, String text) {
    lines.add(String.format(Locale.ROOT, "  %-10s %s", label, text));
  }

  private void tenants(Bean server, List<String> lines) {
    List<Bean> tenants = reading.tenantsByUse(server.name());
    if (tenants.isEmpty() || mostTenants == 0) {
      return;
    }
    lines.add(
        String.format(
            Locale.ROOT,
            TENANT,
            "TENANT",
            "OPEN",
            "ACTIVE",
            "IDLE",
            "WAITING",
            "SHARE",
            "CAP",
            "ABOVE",
            "BORROWS",
            "P99",
            "EVICTED",
            ""));
    tenants.stream().limit(mostTenants).forEach(tenant -> lines.add(row(tenant)));
    if (tenants.size() > mostTenants) {
      lines.add("  and " + (tenants.size() - mostTenants) + " more");
    }
  }

  private static String row(Bean tenant) {
    return String.format(
        Locale.ROOT,
        TENANT,
        Words.fitted(tenant.name(), NAME_WIDTH),
        tenant.count("Open"),
        tenant.count("Active"),
        tenant.count("Idle"),
        tenant.count("Waiting"),
        tenant.count("Share"),
        tenant.count("Cap"),
        tenant.count("AboveShare"),
        tenant.count("Borrows"),
        Words.micros(tenant.decimal("BorrowMicrosP99")),
        tenant.sum("Evictions"),
        special(tenant));
  }

  /** What a limit gives it that others do not have. */
  private static String special(Bean tenant) {
    return (tenant.count("Minimum") > 0 ? "   minimum " + tenant.count("Minimum") : "")
        + (tenant.count("Weight") > 1 ? "   weight " + tenant.count("Weight") : "");
  }

  /** By what for, each with the mean of those that waited. */
  static String waits(Bean bean) {
    Map<String, Long> waits = bean.causes("Waits");
    if (waits.isEmpty()) {
      return "none";
    }
    return waits.entrySet().stream()
        .map(
            each ->
                each.getKey()
                    + ' '
                    + each.getValue()
                    + " of "
                    + Words.micros(bean.decimal("WaitMicrosMean", each.getKey())))
        .collect(Collectors.joining("   "));
  }

  /** The live tenants that have waited longest, all waits together, each with its own mean. */
  private void waited(Bean server, List<String> lines) {
    List<String> longest =
        reading.tenantsByUse(server.name()).stream()
            .map(Waited::of)
            .filter(waited -> waited.waits() > 0)
            .sorted(Comparator.comparingDouble(Waited::micros).reversed())
            .limit(MOST_WAITING)
            .map(Waited::inWords)
            .toList();
    if (!longest.isEmpty()) {
      line(lines, "waited", String.join("   ", longest));
    }
  }

  /** How often a tenant has waited for others, and how long altogether. */
  private record Waited(String tenant, long waits, double micros) {

    static Waited of(Bean tenant) {
      long waits = 0;
      double micros = 0;
      for (Map.Entry<String, Long> each : tenant.causes("Waits").entrySet()) {
        if (!each.getKey().equals("CONNECT")) {
          waits += each.getValue();
          micros += each.getValue() * tenant.decimal("WaitMicrosMean", each.getKey());
        }
      }
      return new Waited(tenant.name(), waits, micros);
    }

    String inWords() {
      return Words.fitted(tenant, NAME_WIDTH) + ' ' + waits + " of " + Words.micros(micros / waits);
    }
  }

  /** What is not pooled but watched. */
  private void watched(Bean server, List<String> lines) {
    Optional<Bean> all = server.watched();
    if (all.isEmpty()) {
      return;
    }
    Bean seen = all.get();
    line(
        lines,
        "watched",
        seen.count("held")
            + " open   "
            + seen.count("busy")
            + " busy   "
            + seen.count("idleInPools")
            + " idle in pools   peak "
            + seen.count("peakHeld")
            + "   connects "
            + seen.count("opens")
            + "   would pin "
            + seen.count("wouldPin"));
    List<Bean> tenants = reading.watchedTenantsBySize(server.name());
    if (tenants.isEmpty() || mostTenants == 0) {
      return;
    }
    lines.add(
        String.format(
            Locale.ROOT,
            WATCHED,
            "WATCHED TENANT",
            "OPEN",
            "BUSY",
            "PEAK",
            "CONNECTS",
            "CONNECT",
            "WOULD PIN"));
    tenants.stream().limit(mostTenants).forEach(tenant -> lines.add(watchedRow(tenant)));
    if (tenants.size() > mostTenants) {
      lines.add("  and " + (tenants.size() - mostTenants) + " more");
    }
  }

  private static String watchedRow(Bean tenant) {
    return String.format(
        Locale.ROOT,
        WATCHED,
        Words.fitted(tenant.name(), NAME_WIDTH),
        tenant.count("Held"),
        tenant.count("Busy"),
        tenant.count("PeakHeld"),
        tenant.count("Opens"),
        Words.micros(tenant.decimal("ConnectMicrosMean")),
        tenant.sum("WouldPin"));
  }

  /** What the agent does not pool, where, why, and what to set. */
  private void notPooled(List<Map<?, ?>> sites, List<String> lines) {
    if (sites.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("Not pooled, since the start");
    for (Map<?, ?> site : sites.subList(0, Math.min(sites.size(), MOST_SITES))) {
      String server = text(site, "server");
      lines.add(
          "  "
              + text(site, "count")
              + " x "
              + text(site, "reason")
              + (server.isEmpty() ? "" : " " + server)
              + " at "
              + text(site, "site"));
      lines.add("      " + text(site, "detail"));
      lines.add("      " + text(site, "meaning") + "; " + text(site, "advice"));
    }
    if (sites.size() > MOST_SITES) {
      lines.add("  and " + (sites.size() - MOST_SITES) + " more");
    }
  }

  private static String text(Map<?, ?> row, String item) {
    Object value = row.get(item);
    return value == null ? "" : Words.visible(value.toString());
  }

  private void faults(List<String> lines) {
    long faults = reading.manager().count("AgentFaults");
    long unseen = reading.manager().count("ObservationFaults");
    if (faults + unseen > 0) {
      lines.add("");
      lines.add(
          "Faults of the agent: "
              + faults
              + " (the driver went on without it), of its MBeans, meters and log: "
              + unseen
              + "; its log says more");
    }
    Map<String, Long> kinds = reading.manager().causes("FaultsByKind");
    if (!kinds.isEmpty()) {
      lines.add("  by kind: " + Words.causes(kinds));
    }
  }
}
