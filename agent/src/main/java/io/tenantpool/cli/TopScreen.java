package io.tenantpool.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One frame of {@code top}: every server's budget, and the tenants that use it most. */
final class TopScreen {

  private static final String SERVER =
      "%-24s %s  active %d  idle %d  waiting %d  evictions/s %s  timeouts %d";
  private static final String TENANT = "  %-32s %5s %6s %6s %8s %10s %12s";
  private static final String WATCHED =
      "  watched: open %d  busy %d  idle in pools %d  connects/s %s";
  private static final String WATCHED_TENANT = "  %-32s %5s %6s %6s %11s";
  private static final int SERVER_WIDTH = 24;
  private static final int TENANT_WIDTH = 32;
  private static final int BAR_WIDTH = 20;

  private final int rows;
  private final boolean live;

  /** {@code rows} lines at most; in colours on a {@code live} terminal. */
  TopScreen(int rows, boolean live) {
    this.rows = rows;
    this.live = live;
  }

  List<String> lines(@Nullable Reading before, Reading now) {
    Rates rates = new Rates(before, now);
    List<String> lines = new ArrayList<>();
    lines.add(StatusScreen.headline(now) + (live ? "   q quits" : ""));
    for (Bean server : now.servers()) {
      lines.add(server(server, rates));
      if (server.sum("Waits") > 0) {
        lines.add("  waited for " + StatusScreen.waits(server));
      }
      StatusScreen.circuit(server).ifPresent(text -> lines.add("  circuit " + text));
      server.watched().ifPresent(seen -> lines.add(watched(server, seen, rates)));
    }
    if (now.servers().isEmpty()) {
      lines.add(
          now.manager().sum("NotPooledByReason") == 0
              ? "No connection has been asked for yet."
              : "Nothing is pooled; not pooled: "
                  + Words.causes(now.manager().causes("NotPooledByReason"))
                  + "; status says why");
    }
    List<Ranked> ranked = ranked(now, rates);
    if (!ranked.isEmpty()) {
      lines.add(
          String.format(
              Locale.ROOT,
              TENANT,
              "TENANT",
              "OPEN",
              "ACTIVE",
              "IDLE",
              "WAITING",
              "BORROWS/S",
              "EVICTIONS/S"));
    }
    int room = rows - lines.size();
    boolean many = now.servers().size() > 1;
    ranked.stream().limit(Math.max(0, room)).forEach(tenant -> lines.add(tenant.row(many)));
    watchedTenants(now, rates, lines);
    return lines.subList(0, Math.min(rows, lines.size()));
  }

  private String server(Bean server, Rates rates) {
    return String.format(
        Locale.ROOT,
        SERVER,
        Words.fitted(server.name(), SERVER_WIDTH),
        Bar.of(server).drawn(BAR_WIDTH, live),
        server.count("Active"),
        server.count("Idle"),
        server.count("Waiting"),
        Words.rate(rates.ofServer(server, bean -> bean.sum("Evictions"))),
        server.count("Timeouts"));
  }

  private static String watched(Bean server, Bean seen, Rates rates) {
    return String.format(
        Locale.ROOT,
        WATCHED,
        seen.count("held"),
        seen.count("busy"),
        seen.count("idleInPools"),
        Words.rate(rates.ofServer(server, TopScreen::connects)));
  }

  private static long connects(Bean server) {
    return server.watched().map(seen -> seen.count("opens")).orElse(0L);
  }

  private static void watchedTenants(Reading now, Rates rates, List<String> lines) {
    if (now.watchedTenants().isEmpty()) {
      return;
    }
    lines.add(
        String.format(
            Locale.ROOT, WATCHED_TENANT, "WATCHED TENANT", "OPEN", "BUSY", "PEAK", "CONNECTS/S"));
    boolean many = now.servers().size() > 1;
    for (Bean server : now.servers()) {
      for (Bean tenant : now.watchedTenantsBySize(server.name())) {
        lines.add(
            String.format(
                Locale.ROOT,
                WATCHED_TENANT,
                Words.fitted(
                    many ? tenant.name() + " @ " + tenant.server() : tenant.name(), TENANT_WIDTH),
                tenant.count("Held"),
                tenant.count("Busy"),
                tenant.count("PeakHeld"),
                Words.rate(rates.ofWatchedTenant(tenant, bean -> bean.count("Opens")))));
      }
    }
  }

  private static List<Ranked> ranked(Reading now, Rates rates) {
    return now.tenants().stream()
        .map(tenant -> new Ranked(tenant, rates))
        .sorted(
            Comparator.comparingLong((Ranked ranked) -> -ranked.tenant().count("Active"))
                .thenComparingLong(ranked -> -ranked.tenant().count("Waiting"))
                .thenComparingDouble(ranked -> -ranked.borrowsPerSecond())
                .thenComparingLong(ranked -> -ranked.tenant().count("Open"))
                .thenComparing(ranked -> ranked.tenant().name()))
        .toList();
  }

  private record Ranked(Bean tenant, Rates rates) {

    double borrowsPerSecond() {
      return rates.ofTenant(tenant, bean -> bean.count("Borrows")).orElse(0);
    }

    String row(boolean withServer) {
      String name = withServer ? tenant.name() + " @ " + tenant.server() : tenant.name();
      return String.format(
          Locale.ROOT,
          TENANT,
          Words.fitted(name, TENANT_WIDTH),
          tenant.count("Open"),
          tenant.count("Active"),
          tenant.count("Idle"),
          tenant.count("Waiting"),
          Words.rate(rates.ofTenant(tenant, bean -> bean.count("Borrows"))),
          Words.rate(rates.ofTenant(tenant, bean -> bean.sum("Evictions"))));
    }
  }
}
