package io.tenantpool.observation.capacity;

import io.tenantpool.pool.ServerSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

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
            "  Tenants: %d seen, %d live; cap of each: %d.",
            server.tenants(), server.liveTenants(), server.perTenant()));
    savings(server, curve, lines);
    table(server, curve, lines);
    return lines;
  }

  /** Adds what other caps would have done, and which one to choose. */
  public static void table(ServerSnapshot server, CapacityCurve curve, List<String> lines) {
    lines.add("");
    curve(server.budget() - server.reserved(), curve, lines);
    lines.add(advice(maxConnections(server, curve)));
  }

  private static void savings(ServerSnapshot server, CapacityCurve curve, List<String> lines) {
    long saved = Math.max(0, server.borrows() - server.opens());
    double connect = server.opens() == 0 ? 0 : server.openNanos() / 1e9 / server.opens();
    lines.add(
        text(
            "  Pooling saves connections: tenants that each kept what they used at once would hold"
                + " %s%d; the most open at once was %d.",
            curve.sampled() ? "about " : "", curve.withoutCap(), server.peakOpen()));
    lines.add(
        text(
            "  Pooling saves connects: %d borrows took %d connects of %.1f ms; %d connects saved,"
                + " %.1f s.",
            server.borrows(), server.opens(), 1000 * connect, saved, saved * connect));
    lines.add(
        text(
            "  Waiting: %d now, at most %d at once; %d borrows timed out.",
            server.waiting(), server.peakWaiting(), server.timeouts()));
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
    lines.add("     cap    hit rate  evictions/s      waiting  mean wait ms");
    for (CapacityPoint point : curve.points()) {
      lines.add(
          text(
                  ROW,
                  point.cap(),
                  100 * point.hitRate(),
                  point.evictionsPerSecond(),
                  100 * point.waitRatio(),
                  point.waitNanos() / 1e6,
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
