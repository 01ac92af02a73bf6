package io.tenantpool.observation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/**
 * The meters {@code tenantpool.*} of the whole: what {@link PoolManagerMXBean} says. They end with
 * their registry.
 */
final class ManagerMeters {

  private final MeterRegistry registry;

  /** Held here because Micrometer holds what its gauges read weakly. */
  private final PoolManagerMXBean manager;

  ManagerMeters(MeterRegistry registry, PoolManagerMXBean manager) {
    this.registry = registry;
    this.manager = manager;
    gauge("tenantpool.servers", "Servers seen so far", m -> m.getServers().length);
    gauge("tenantpool.total.open", "Connections to all servers", PoolManagerMXBean::getOpen);
    gauge("tenantpool.total.active", "Lent to the application", PoolManagerMXBean::getActive);
    gauge("tenantpool.total.idle", "Ready for the next borrow", PoolManagerMXBean::getIdle);
    gauge("tenantpool.total.waiting", "Threads in waiting lines", PoolManagerMXBean::getWaiting);
    counter("tenantpool.total.borrows", "Successful borrows", PoolManagerMXBean::getBorrows);
    counter("tenantpool.total.timeouts", "Borrows timed out", PoolManagerMXBean::getTimeouts);
    counter("tenantpool.total.opens", "Connects that succeeded", PoolManagerMXBean::getOpens);
    counter("tenantpool.agent.faults", "The driver ran", PoolManagerMXBean::getAgentFaults);
    counter("tenantpool.lost.events", "Found no room", PoolManagerMXBean::getLostEvents);
    counter("tenantpool.lost.samples", "Found no room", PoolManagerMXBean::getLostSamples);
  }

  private void gauge(String name, String text, ToDoubleFunction<PoolManagerMXBean> figure) {
    Gauge.builder(name, manager, figure).description(text).register(registry);
  }

  private void counter(String name, String text, ToDoubleFunction<PoolManagerMXBean> figure) {
    FunctionCounter.builder(name, manager, figure).description(text).register(registry);
  }
}
