package io.tenantpool.observation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tenantpool.connection.Pin;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.ServerSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The meters {@code tenantpool.*} of one server. */
final class ServerMeters {

  private final MeterRegistry registry;
  private final String server;

  /** Held here because Micrometer holds what its gauges read weakly. */
  private final Cached<ServerSnapshot> snapshot;

  private final List<Meter> meters = new ArrayList<>();
  private final Timer borrow;
  private final Timer lease;

  ServerMeters(MeterRegistry registry, String server, Cached<ServerSnapshot> snapshot) {
    this.registry = registry;
    this.server = server;
    this.snapshot = snapshot;
    borrow = timer("tenantpool.borrow", "Time of borrows, waiting and connecting included");
    lease = timer("tenantpool.lease", "Time for which connections were lent");
    gauge("tenantpool.connections.budget", "The hard cap", ServerSnapshot::budget);
    gauge("tenantpool.connections.open", "Permits in use", ServerSnapshot::open);
    gauge("tenantpool.connections.active", "Lent to the application", ServerSnapshot::active);
    gauge("tenantpool.connections.idle", "Ready for the next borrow", ServerSnapshot::idle);
    gauge("tenantpool.connections.bypassed", "Not pooled", ServerSnapshot::bypassed);
    gauge("tenantpool.waiting", "Threads in the waiting line", ServerSnapshot::waiting);
    gauge("tenantpool.tenants", "Tenants seen so far", ServerSnapshot::tenants);
    gauge("tenantpool.tenants.live", "Tenants with connections", ServerSnapshot::liveTenants);
    counter("tenantpool.borrows", "Borrows that succeeded", ServerSnapshot::borrows);
    counter("tenantpool.hits", "Borrows that needed no connect", ServerSnapshot::hits);
    counter("tenantpool.timeouts", "Borrows that timed out", ServerSnapshot::timeouts);
    counter("tenantpool.open.failures", "Connects that failed", ServerSnapshot::openFailures);
    counter("tenantpool.resets", "Sessions made clean", ServerSnapshot::resets);
    counter("tenantpool.bypassed.opens", "Not pooled", ServerSnapshot::bypassedOpens);
    meters.add(
        FunctionTimer.builder(
                "tenantpool.opens",
                snapshot,
                s -> s.get().opens(),
                s -> s.get().openNanos(),
                TimeUnit.NANOSECONDS)
            .description("Connects that succeeded, and their time")
            .tag("server", server)
            .register(registry));
    for (EvictionCause cause : EvictionCause.values()) {
      byCause("tenantpool.evictions", cause, s -> s.evictions().getOrDefault(cause, 0L));
    }
    for (Pin cause : Pin.values()) {
      byCause("tenantpool.pins", cause, s -> s.pins().getOrDefault(cause, 0L));
    }
  }

  void borrowed(long nanos) {
    borrow.record(nanos, TimeUnit.NANOSECONDS);
  }

  void returned(long nanos) {
    lease.record(nanos, TimeUnit.NANOSECONDS);
  }

  void close() {
    meters.forEach(registry::remove);
  }

  private Timer timer(String name, String description) {
    Timer timer =
        Timer.builder(name).description(description).tag("server", server).register(registry);
    meters.add(timer);
    return timer;
  }

  private void gauge(String name, String description, ToDoubleFunction<ServerSnapshot> figure) {
    meters.add(
        Gauge.builder(name, snapshot, s -> figure.applyAsDouble(s.get()))
            .description(description)
            .tag("server", server)
            .register(registry));
  }

  private void counter(String name, String description, ToDoubleFunction<ServerSnapshot> figure) {
    meters.add(
        FunctionCounter.builder(name, snapshot, s -> figure.applyAsDouble(s.get()))
            .description(description)
            .tag("server", server)
            .register(registry));
  }

  private void byCause(String name, Enum<?> cause, ToDoubleFunction<ServerSnapshot> figure) {
    meters.add(
        FunctionCounter.builder(name, snapshot, s -> figure.applyAsDouble(s.get()))
            .tag("server", server)
            .tag("cause", cause.name().toLowerCase(Locale.ROOT))
            .register(registry));
  }
}
