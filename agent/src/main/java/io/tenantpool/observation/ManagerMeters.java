package io.tenantpool.observation;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenantpool.config.NotPooled;
import io.tenantpool.upkeep.FaultKind;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The meters {@code tenantpool.*} of the whole: what {@link PoolManagerMXBean} says. */
final class ManagerMeters {

  private final MeterSet meters;
  private final PoolManagerMXBean manager;

  ManagerMeters(MeterRegistry registry, PoolManagerMXBean manager) {
    this(new OwnMeterSet(registry), manager);
  }

  ManagerMeters(MeterSet meters, PoolManagerMXBean manager) {
    this.meters = meters;
    this.manager = manager;
    gauge("tenantpool.servers", "Servers seen so far", m -> m.getServers().length);
    gauge("tenantpool.total.open", "Connections to all servers", PoolManagerMXBean::getOpen);
    gauge("tenantpool.total.active", "Lent to the application", PoolManagerMXBean::getActive);
    gauge("tenantpool.total.idle", "Ready for the next borrow", PoolManagerMXBean::getIdle);
    gauge("tenantpool.total.waiting", "Threads in waiting lines", PoolManagerMXBean::getWaiting);
    counter("tenantpool.total.borrows", "Successful borrows", PoolManagerMXBean::getBorrows);
    counter("tenantpool.total.timeouts", "Borrows timed out", PoolManagerMXBean::getTimeouts);
    counter("tenantpool.total.opens", "Connects that succeeded", PoolManagerMXBean::getOpens);
    for (NotPooled reason : NotPooled.values()) {
      meters.counter(
          "tenantpool.total.not.pooled",
          "Not pooled, by reason",
          () -> manager.getNotPooledByReason().getOrDefault(reason.name(), 0L),
          "reason",
          reason.name().toLowerCase(Locale.ROOT));
    }
    counter("tenantpool.agent.faults", "The driver ran", PoolManagerMXBean::getAgentFaults);
    for (FaultKind kind : FaultKind.values()) {
      meters.counter(
          "tenantpool.faults",
          "Went wrong inside the agent, by kind",
          () -> manager.getFaultsByKind().getOrDefault(kind.name(), 0L),
          "kind",
          kind.toString());
    }
    counter("tenantpool.lost.events", "Found no room", PoolManagerMXBean::getLostEvents);
    counter("tenantpool.lost.samples", "Found no room", PoolManagerMXBean::getLostSamples);
  }

  void close() {
    meters.close();
  }

  private void gauge(String name, String text, ToDoubleFunction<PoolManagerMXBean> figure) {
    meters.gauge(name, text, () -> figure.applyAsDouble(manager));
  }

  private void counter(String name, String text, ToDoubleFunction<PoolManagerMXBean> figure) {
    meters.counter(name, text, () -> figure.applyAsDouble(manager));
  }
}
