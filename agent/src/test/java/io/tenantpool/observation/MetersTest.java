package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Metrics;
import io.tenantpool.config.LogLevel;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

final class MetersTest {

  private static final String HIKARI = "hikaricpConnections";

  private final Show show = new Show();

  private String meter(String meter) {
    return meter.contains(":")
        ? AgentMeterRegistry.DOMAIN + ":name=" + ObjectName.quote(meter)
        : AgentMeterRegistry.DOMAIN + ":name=" + meter + ",type=" + type(meter);
  }

  private static String type(String meter) {
    return meter.endsWith("Faults") ? "meters" : "gauges";
  }

  private Object server(String meter, String attribute) throws JMException {
    return show.attribute(meter(meter + ".server.db:5432"), attribute);
  }

  private Object tenant(String meter, String attribute) throws JMException {
    return show.attribute(meter(HIKARI + meter + ".pool.tenant-pool db:5432/acme"), attribute);
  }

  private long hikariMeters() throws JMException {
    return show.names(AgentMeterRegistry.DOMAIN + ":*").stream()
        .filter(name -> name.contains(HIKARI))
        .count();
  }

  @Test
  void theServersMetersShowItsSnapshotAndItsSamples() throws JMException {
    show.live("acme");
    show.listener.samples(new Samples(StubPool.SERVER, "acme", 10, 2_000_000, 0));
    show.step();
    assertEquals(97.0, server("tenantpoolConnectionsBudget", "Value"));
    assertEquals(20.0, server("tenantpoolConnectionsOpen", "Value"));
    assertEquals(8L, server("tenantpoolBorrows", "Count"));
    assertEquals(10L, server("tenantpoolBorrow", "Count"));
    assertEquals(2.0, (double) server("tenantpoolBorrow", "99thPercentile"), 0.1);
    assertEquals(4.0, (double) server("tenantpoolLease", "50thPercentile"), 0.1);
    assertEquals(
        4L, show.attribute(meter("tenantpoolEvictions.cause.capacity.server.db:5432"), "Count"));
  }

  @Test
  void aLiveTenantHasHikarisMetersAndADormantOneHasNone() throws JMException {
    show.live("acme");
    assertEquals(10, hikariMeters());
    assertEquals(1.0, tenant("", "Value"));
    assertEquals(3.0, tenant("Max", "Value"));
    show.dormant("acme");
    assertEquals(0, hikariMeters());
    show.live("acme");
    assertEquals(10, hikariMeters());
  }

  @Test
  void theWholeHasMetersThatOutliveTheGarbageCollector() throws JMException {
    show.live("acme");
    System.gc();
    assertEquals(1.0, show.attribute(meter("tenantpoolServers"), "Value"));
    assertEquals(20.0, show.attribute(meter("tenantpoolTotalOpen"), "Value"));
    assertEquals(42L, show.attribute(meter("tenantpoolAgentFaults"), "Count"));
    assertEquals(97.0, server("tenantpoolConnectionsBudget", "Value"));
    assertEquals(3.0, tenant("Max", "Value"));
  }

  @Test
  void eventsAndSamplesFeedHikarisTracker() throws JMException {
    show.live("acme");
    show.listener.samples(new Samples(StubPool.SERVER, "acme", 10, 2_000_000, 0));
    show.listener.opened(StubPool.SERVER, "acme", 1, 5_000_000);
    show.listener.timedOut(StubPool.SERVER, "acme", 1, "late");
    show.step();
    assertEquals(10L, tenant("Acquire", "Count"));
    assertEquals(2.0, (double) tenant("Acquire", "Mean"), 0.1);
    assertEquals(4.0, (double) tenant("Usage", "Mean"), 0.1);
    assertEquals(1L, tenant("Creation", "Count"));
    assertEquals(1L, tenant("Timeout", "Count"));
  }

  @Test
  void aTimerKeepsItsLastSamplesOnlySoThatManyTenantsCostLittle() throws JMException {
    show.live("acme");
    show.listener.samples(new Samples(StubPool.SERVER, "acme", 1000, 900_000_000, 0));
    show.listener.samples(new Samples(StubPool.SERVER, "acme", 256, 2_000_000, 0));
    show.step();
    assertEquals(2.0, (double) tenant("Acquire", "Max"), 0.1);
    assertEquals(2.0, (double) server("tenantpoolBorrow", "Max"), 0.1);
    assertEquals(1256L, tenant("Acquire", "Count"));
  }

  @Test
  void tenantsWhoseNamesDifferInASpaceHaveMetersOfTheirOwn() throws JMException {
    show.live("a b");
    show.live("a_b");
    assertEquals(20, hikariMeters());
  }

  @Test
  void theSettingSwitchesThemOff() throws JMException {
    Show without = new Show(Show.settings(true, false, LogLevel.INFO));
    without.live("acme");
    without.listener.samples(new Samples(StubPool.SERVER, "acme", 10, 2_000_000, 0));
    without.step();
    assertEquals(Set.of(), without.names(AgentMeterRegistry.DOMAIN + ":*"));
    assertEquals(
        2000, (double) without.attribute(Names.server(StubPool.SERVER), "BorrowMicrosP50"), 20);
  }

  @Test
  void micrometersGlobalRegistryStaysEmpty() throws JMException {
    show.live("acme");
    assertTrue(Metrics.globalRegistry.getMeters().isEmpty());
    assertEquals(List.of(), List.copyOf(Metrics.globalRegistry.getRegistries()));
  }
}
