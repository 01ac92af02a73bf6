package io.tenantpool.observation;

import io.tenantpool.pool.WatchedSnapshot;
import java.util.function.ToDoubleFunction;

/** The meters {@code tenantpool.watched.*} of one server: its connections that are not pooled. */
final class WatchedMeters {

  private final MeterSet meters;
  private final String server;
  private final Cached<WatchedSnapshot> seen;

  WatchedMeters(MeterSet meters, String server, Cached<WatchedSnapshot> seen) {
    this.meters = meters;
    this.server = server;
    this.seen = seen;
    gauge("tenantpool.watched.connections.open", "Open, not pooled", WatchedSnapshot::held);
    gauge("tenantpool.watched.connections.busy", "Of those, in use", WatchedSnapshot::busy);
    gauge(
        "tenantpool.watched.connections.idle.in.pools",
        "Of those, in application pools and not checked out",
        WatchedSnapshot::resting);
    meters.timer(
        "tenantpool.watched.opens",
        "Connects that succeeded, and their time",
        () -> seen.get().opens(),
        () -> seen.get().openNanos(),
        "server",
        server);
    meters.counter(
        "tenantpool.watched.pins",
        "Leases that would have been pinned",
        () -> seen.get().wouldPin().values().stream().mapToLong(Long::longValue).sum(),
        "server",
        server);
  }

  private void gauge(String name, String description, ToDoubleFunction<WatchedSnapshot> figure) {
    meters.gauge(name, description, () -> figure.applyAsDouble(seen.get()), "server", server);
  }
}
