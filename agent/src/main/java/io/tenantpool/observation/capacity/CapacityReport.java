package io.tenantpool.observation.capacity;

import io.tenantpool.config.EvictionOrder;
import io.tenantpool.config.TenantCap;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.WaitCause;
import io.tenantpool.pool.WaitTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** One server's use of its cap, and what other caps would do, for people to read. */
public final class CapacityReport {

  private static final String ROW = "  %6d %9.1f %% %12.2f %10.1f %% %12.3f  %s";

  private CapacityReport() {}

  /** Lines without their ends. */
  public static List<String> lines(ServerSnapshot server, CapacityCurve curve) {
    List<String> lines = new ArrayList<>();
    lines.add("Server " + server.server());
    lines.add(
        text(
            "  Cap: %d (configured %d), %d open now, %d in use; at most %d open, %d in use at once.",
            server.budget(),
            server.configuredBudget(),
            server.open(),
            server.active(),
            server.peakOpen(),
            server.peakActive()));
    lines.add(
        text(
            "  Tenants: %d seen, %d live; share of each: %d, %s%s.",
            server.tenants(),
            server.liveTenants(),
            server.perTenant(),
            server.tenantCap() == TenantCap.HARD
                ? "and no more"
                : "more while nobody else wants it",
            server.tenantLimits().equals("none") ? "" : "; " + server.tenantLimits()));
    savings(server, curve, lines);
    table(server, curve, lines);
    return lines;
  }

  /** Adds what other caps would have done, and which one to choose. */
  public static void table(ServerSnapshot server, CapacityCurve curve, List<String> lines) {
    lines.add("");
    curve(server.budget() - server.reserved(), curve, lines);
    lines.add(advice(maxConnections(server, curve)));
    order(server).ifPresent(lines::add);
    share(server).ifPresent(lines::add);
  }

  /** By whose rules the table is drawn, where a server chooses between two orders. */
  private static Optional<String> order(ServerSnapshot server) {
    if (server.evictionOrder() == EvictionOrder.LRU) {
      return Optional.empty();
    }
    return Optional.of(
        text(
            "  Each row is that of the better one of two orders, as tenantpool.eviction-order="
                + "frequency has it: connections of the tenants that ask least often go first, or"
                + " those that were used least recently. Just now it is %s.",
            server.evictionOrderNow() == EvictionOrder.LRU ? "the second" : "the first"));
  }

  /** What to do about borrows that waited for their tenant's share; the table knows none. */
  private static Optional<String> share(ServerSnapshot server) {
    WaitTally tally = server.waits().getOrDefault(WaitCause.SHARE, WaitTally.NONE);
    if (tally.waits() < CapacityCurve.WAITING * server.borrows() || tally.waits() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        text(
            "  But %.1f %% of the borrows waited because their tenant had %s, %.1f ms each%s.",
            100.0 * tally.waits() / Math.max(1, server.borrows()),
            server.tenantCap() == TenantCap.HARD || isLimited(server)
                ? "what it may have"
                : "its share, and others might have wanted what was idle",
            tally.nanos() / 1e6 / tally.waits(),
            remedy(server)));
  }

  private static boolean isLimited(ServerSnapshot server) {
    return server.tenantLimits().contains("<=");
  }

  /** What bounds its tenants; a larger budget does not where they have caps of their own. */
  private static String remedy(ServerSnapshot server) {
    String limits = "in tenantpool.tenant-limits (" + server.tenantLimits() + ")";
    if (server.tenantCap() == TenantCap.HARD) {
      return ", which no larger cap of the server changes: tenantpool.tenant-cap=elastic lets it"
          + " have what nobody else wants, or raise tenantpool.max-connections-per-tenant"
          + (isLimited(server) ? ", or where it is limited, that " + limits : "");
    }
    return isLimited(server)
        ? ": where it is limited, raise that "
            + limits
            + "; otherwise tenantpool.max-connections-per-tenant or tenantpool.max-connections"
        : ": raise tenantpool.max-connections-per-tenant or tenantpool.max-connections";
  }

  private static void savings(ServerSnapshot server, CapacityCurve curve, List<String> lines) {
    long without = server.direct() + server.openedByAllPools();
    long saved = Math.max(0, without - server.opens());
    double connect = server.opens() == 0 ? 0 : server.openNanos() / 1e9 / server.opens();
    lines.add(
        text(
            "  Pooling saves connections: tenants that each kept what they used at once would hold"
                + " %s%d; the most open at once was %d.",
            curve.sampled() ? "about " : "", curve.withoutCap(), server.peakOpen()));
    lines.add(
        text(
            "  Pooling saves connects: without it there would have been %d, %d of the application"
                + " itself and %d of its own pools%s; with it there were %d of %.1f ms; %d saved,"
                + " %.1f s.",
            without,
            server.direct(),
            server.openedByAllPools(),
            byLibrary(server.openedByPools()),
            server.opens(),
            1000 * connect,
            saved,
            saved * connect));
    lines.add(
        text(
            "  Waiting: %d now, at most %d at once; %d borrows timed out.",
            server.waiting(), server.peakWaiting(), server.timeouts()));
    for (WaitCause cause : WaitCause.values()) {
      WaitTally tally = server.waits().get(cause);
      if (tally != null && tally.waits() > 0) {
        lines.add(
            text(
                "    for %s: %d borrows, %.1f ms each.",
                words(cause), tally.waits(), tally.nanos() / 1e6 / tally.waits()));
      }
    }
  }

  private static String byLibrary(Map<String, Long> opened) {
    return opened.isEmpty()
        ? ""
        : opened.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String words(WaitCause cause) {
    return switch (cause) {
      case BUDGET -> "a connection of the server";
      case SHARE -> "more than their tenant may have";
      case RESET -> "a session that was being made clean";
      case CONNECT -> "a connect";
    };
  }

  private static void curve(int cap, CapacityCurve curve, List<String> lines) {
    lines.add(
        text(
            "  What other caps would have done with the last %d borrows (%.1f per second), %s:",
            curve.borrows(),
            curve.seconds() > 0 ? curve.borrows() / curve.seconds() : 0,
            curve.sampled()
                ? "from a sample of " + curve.tenants() + " tenants"
                : "all " + curve.tenants() + " tenants followed"));
    lines.add("");
    lines.add("     cap    hit rate  evictions/s      waiting  their wait ms");
    for (CapacityPoint point : curve.points()) {
      lines.add(
          text(
                  ROW,
                  point.cap(),
                  100 * point.hitRate(),
                  point.evictionsPerSecond(),
                  100 * point.waitRatio(),
                  point.waitRatio() == 0 ? 0 : point.waitNanos() / 1e6 / point.waitRatio(),
                  mark(point.cap(), cap, curve))
              .stripTrailing());
    }
    lines.add("");
  }

  /** What is special about a cap: {@code current}, {@code recommended}, both or nothing. */
  public static String mark(int cap, int current, CapacityCurve curve) {
    boolean recommended = curve.recommended().orElse(0) == cap;
    return cap != current
        ? recommended ? "recommended" : ""
        : recommended ? "current, recommended" : "current";
  }

  /** The recommended {@code tenantpool.max-connections}: the cap of tenants, and the reserve. */
  public static OptionalInt maxConnections(ServerSnapshot server, CapacityCurve curve) {
    return curve.recommended().isEmpty()
        ? curve.recommended()
        : OptionalInt.of(curve.recommended().getAsInt() + server.reserved());
  }

  private static String advice(OptionalInt recommended) {
    return recommended.isEmpty()
        ? text(
            "  No recommendation yet: it needs %d borrows. Look again later.", CapacityCurve.ENOUGH)
        : text(
            "  Recommended: tenantpool.max-connections=%d or more. From there on, at most %.0f %%"
                + " of the borrows wait and at most %.0f %% open a connection that a larger cap"
                + " would have kept.",
            recommended.getAsInt(),
            100 * CapacityCurve.WAITING,
            100 * CapacityCurve.AVOIDABLE_MISSES);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
