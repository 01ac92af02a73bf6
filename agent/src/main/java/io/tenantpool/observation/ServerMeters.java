package io.tenantpool.observation;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenantpool.config.NotPooled;
import io.tenantpool.connection.Pin;
import io.tenantpool.pool.CircuitState;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.RefusalCause;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.WaitCause;
import io.tenantpool.pool.WaitTally;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The meters {@code tenantpool.*} of one server. */
final class ServerMeters {

  private static final String BY_CAUSE = "By cause, since the start";
  private static final double NANOS_PER_SECOND = 1e9;

  private final MeterSet meters;
  private final String server;
  private final Cached<ServerSnapshot> snapshot;
  private final MeterSet.Recorder borrow;
  private final MeterSet.Recorder lease;

  ServerMeters(MeterRegistry registry, String server, ServerFigures figures) {
    this(new OwnMeterSet(registry), server, figures);
  }

  ServerMeters(MeterSet meters, String server, ServerFigures figures) {
    this.meters = meters;
    this.server = server;
    this.snapshot = figures.pooled();
    borrow = timer("tenantpool.borrow", "Time of borrows, waiting and connecting included");
    lease = timer("tenantpool.lease", "Time for which connections were lent");
    gauge("tenantpool.connections.budget", "The hard cap", ServerSnapshot::budget);
    gauge("tenantpool.connections.allowed", "By the server", ServerSnapshot::allowed);
    gauge(
        "tenantpool.connections.neighbours.leave",
        "Left by others; 0 without a shortage",
        ServerSnapshot::neighboursLeave);
    gauge("tenantpool.connections.open", "Permits in use", ServerSnapshot::open);
    gauge("tenantpool.connections.active", "Lent to the application", ServerSnapshot::active);
    gauge("tenantpool.connections.connecting", "Being opened", ServerSnapshot::connecting);
    gauge("tenantpool.connections.idle", "Ready for the next borrow", ServerSnapshot::idle);
    gauge("tenantpool.connections.bypassed", "Not pooled", ServerSnapshot::bypassed);
    gauge("tenantpool.waiting", "Threads in the waiting line", ServerSnapshot::waiting);
    gauge("tenantpool.tenants", "Tenants seen so far", ServerSnapshot::tenants);
    gauge("tenantpool.tenants.live", "Tenants with connections", ServerSnapshot::liveTenants);
    gauge("tenantpool.connections.above.share", "Go first", ServerSnapshot::aboveShare);
    counter("tenantpool.hold.and.waits", "Held and not used", ServerSnapshot::holdAndWaits);
    counter("tenantpool.borrows", "Borrows that succeeded", ServerSnapshot::borrows);
    counter("tenantpool.hits", "Borrows that needed no connect", ServerSnapshot::hits);
    counter("tenantpool.timeouts", "Borrows that timed out", ServerSnapshot::timeouts);
    counter("tenantpool.open.failures", "Connects that failed", ServerSnapshot::openFailures);
    gauge("tenantpool.circuit.open", "1 while connects are held back", ServerMeters::isOpen);
    gauge("tenantpool.tenants.shut", "With an open circuit", s -> s.circuit().tenantsShut());
    gauge("tenantpool.connect.places", "After an outage", s -> s.circuit().places());
    gauge(
        "tenantpool.replacement.places",
        "Connects at once that evict",
        s -> s.circuit().replacementPlaces());
    counter("tenantpool.circuit.openings", "Of the server", s -> s.circuit().openings());
    counter("tenantpool.untried", "Told what others had met", s -> s.circuit().untried());
    counter("tenantpool.resets", "Sessions made clean", ServerSnapshot::resets);
    counter("tenantpool.bypassed.opens", "Not pooled", ServerSnapshot::bypassedOpens);
    counter("tenantpool.leaks.suspected", "Leases too long", ServerSnapshot::leaksSuspected);
    meters.timer(
        "tenantpool.opens",
        "Connects that succeeded, and their time",
        () -> snapshot.get().opens(),
        () -> snapshot.get().openNanos(),
        "server",
        server);
    for (RefusalCause cause : RefusalCause.values()) {
      byCause("tenantpool.turned.away", cause, s -> s.refusals().getOrDefault(cause, 0L));
    }
    for (WaitCause cause : WaitCause.values()) {
      byCause("tenantpool.waits", cause, s -> tally(s, cause).waits());
      byCause("tenantpool.wait.seconds", cause, s -> tally(s, cause).nanos() / NANOS_PER_SECOND);
    }
    for (EvictionCause cause : EvictionCause.values()) {
      byCause("tenantpool.evictions", cause, s -> s.evictions().getOrDefault(cause, 0L));
    }
    for (Pin cause : Pin.values()) {
      byCause("tenantpool.pins", cause, s -> s.pins().getOrDefault(cause, 0L));
    }
    for (NotPooled reason : NotPooled.values()) {
      meters.counter(
          "tenantpool.not.pooled",
          "By reason, since the start",
          () -> figures.notPooled().get().getOrDefault(reason, 0L),
          "server",
          server,
          "reason",
          reason.name().toLowerCase(Locale.ROOT));
    }
    new WatchedMeters(meters, server, figures.watched());
  }

  private static WaitTally tally(ServerSnapshot server, WaitCause cause) {
    return server.waits().getOrDefault(cause, WaitTally.NONE);
  }

  private static double isOpen(ServerSnapshot server) {
    return server.circuit().state() == CircuitState.CLOSED ? 0 : 1;
  }

  void borrowed(long nanos) {
    borrow.record(nanos);
  }

  void returned(long nanos) {
    lease.record(nanos);
  }

  void close() {
    meters.close();
  }

  private MeterSet.Recorder timer(String name, String description) {
    return meters.timer(name, description, "server", server);
  }

  private void gauge(String name, String description, ToDoubleFunction<ServerSnapshot> figure) {
    meters.gauge(name, description, () -> figure.applyAsDouble(snapshot.get()), "server", server);
  }

  private void counter(String name, String description, ToDoubleFunction<ServerSnapshot> figure) {
    meters.counter(name, description, () -> figure.applyAsDouble(snapshot.get()), "server", server);
  }

  private void byCause(String name, Enum<?> cause, ToDoubleFunction<ServerSnapshot> figure) {
    meters.counter(
        name,
        BY_CAUSE,
        () -> figure.applyAsDouble(snapshot.get()),
        "server",
        server,
        "cause",
        cause.name().toLowerCase(Locale.ROOT));
  }
}
