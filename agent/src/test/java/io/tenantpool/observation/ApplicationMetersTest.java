package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tenantpool.config.Settings;
import io.tenantpool.upkeep.FaultKind;
import java.lang.ref.Reference;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Here the application's Micrometer is that of the tests. */
final class ApplicationMetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Show show = new Show();

  ApplicationMetersTest() {
    Metrics.addRegistry(registry);
  }

  @AfterEach
  void leavesNothingToOtherTests() {
    show.desk.close();
    Metrics.removeRegistry(registry);
    Metrics.globalRegistry.clear();
  }

  private void micrometerIsSeen() {
    show.micrometers.accept(Metrics.class.getClassLoader());
    nextLook();
    nextLook();
  }

  private void nextLook() {
    show.ticker.advance(ApplicationMeters.PAUSE_NANOS);
    show.step();
  }

  private static Set<String> tenants(MeterRegistry registry) {
    return registry.getMeters().stream()
        .map(Meter::getId)
        .filter(id -> id.getName().equals("tenantpool.tenant.borrows"))
        .map(id -> String.valueOf(id.getTag("tenant")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private double server(String name) {
    return registry
        .get(name)
        .tag("server", StubPool.SERVER)
        .meter()
        .measure()
        .iterator()
        .next()
        .getValue();
  }

  @Test
  void serversAndTenantsAppearInTheGlobalRegistry() {
    show.live("acme");
    micrometerIsSeen();
    assertEquals(97, server("tenantpool.connections.budget"));
    assertEquals(8, server("tenantpool.borrows"));
    assertEquals(1, registry.get("tenantpool.servers").gauge().value());
    Meter limit =
        registry
            .get("tenantpool.tenant.connections.limit")
            .tags("server", StubPool.SERVER, "tenant", "acme")
            .gauge();
    assertEquals(3, limit.measure().iterator().next().getValue());
    System.gc();
    assertEquals(97, server("tenantpool.connections.budget"));
    assertEquals(2, registry.get("tenantpool.opens").functionTimer().count());
    assertEquals(
        4, registry.get("tenantpool.opens").functionTimer().totalTime(TimeUnit.MILLISECONDS));
  }

  @Test
  void samplesFeedTheTimers() {
    micrometerIsSeen();
    show.live("acme");
    nextLook();
    show.listener.samples(new Samples(StubPool.SERVER, "acme", 10, 2_000_000, 0));
    show.step();
    Timer borrow = registry.get("tenantpool.borrow").timer();
    assertEquals(10, borrow.count());
    assertEquals(2, borrow.mean(TimeUnit.MILLISECONDS), 0.001);
    assertEquals(4, registry.get("tenantpool.lease").timer().mean(TimeUnit.MILLISECONDS), 0.001);
  }

  @Test
  void aRegistryThatIsAddedLaterHasTheMetersAsWell() {
    show.live("acme");
    micrometerIsSeen();
    SimpleMeterRegistry later = new SimpleMeterRegistry();
    Metrics.addRegistry(later);
    assertEquals(97, later.get("tenantpool.connections.budget").gauge().value());
    assertEquals(Set.of("acme"), tenants(later));
    Metrics.removeRegistry(later);
  }

  @Test
  void theNamesAreThoseOfThePrometheusEndpoint() {
    show.live("acme");
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(key -> null);
    Metrics.addRegistry(prometheus);
    micrometerIsSeen();
    Set<String> names = MonitoringFilesTest.names(prometheus.scrape());
    Metrics.removeRegistry(prometheus);
    Set<String> missing = new TreeSet<>(MonitoringFilesTest.exposed());
    missing.removeAll(names);
    // An application chooses its own buckets.
    missing.removeIf(name -> name.endsWith("_bucket"));
    // Tenants that are only watched are told of by their server's meters here.
    missing.removeIf(name -> name.startsWith("tenantpool_tenant_watched_"));
    assertEquals(Set.of(), missing);
  }

  @Test
  void aTenantThatGoesTakesItsMetersAlong() {
    show.live("acme");
    show.live("globex");
    micrometerIsSeen();
    assertEquals(Set.of("acme", "globex"), tenants(registry));
    show.dormant("acme");
    nextLook();
    assertEquals(Set.of("globex"), tenants(registry));
    assertEquals(Set.of("globex"), tenants(Metrics.globalRegistry));
    show.live("acme");
    nextLook();
    assertEquals(Set.of("acme", "globex"), tenants(registry));
  }

  @Test
  void theBusiestTenantsHaveMetersAndKeepThemForAMinute() {
    show = new Show(Settings.of("metrics.tenant-tags=top:2,log-level=trace"));
    show.pool.borrows = 10;
    show.live("ten");
    show.pool.borrows = 20;
    show.live("twenty");
    show.pool.borrows = 30;
    show.live("thirty");
    micrometerIsSeen();
    assertEquals(Set.of("thirty", "twenty"), tenants(registry));
    show.pool.borrows = 40;
    show.live("ten");
    nextLook();
    assertEquals(Set.of("thirty", "twenty"), tenants(registry));
    show.ticker.advance(BusiestTenants.RANKING_NANOS);
    nextLook();
    assertEquals(Set.of("ten", "thirty"), tenants(registry));
    show.dormant("ten");
    nextLook();
    assertEquals(Set.of("thirty", "twenty"), tenants(registry));
  }

  @Test
  void noTenantHasMetersWhenTheSettingSaysSo() {
    show = new Show(Settings.of("metrics.tenant-tags=none"));
    show.live("acme");
    micrometerIsSeen();
    assertEquals(Set.of(), tenants(registry));
    assertEquals(97, server("tenantpool.connections.budget"));
  }

  @Test
  void theSettingSwitchesThemOff() {
    show = new Show(Settings.of("application-meters=false"));
    show.live("acme");
    micrometerIsSeen();
    assertTrue(Metrics.globalRegistry.getMeters().isEmpty());
  }

  @Test
  void theEndOfTheAgentTakesAllOfThemAway() {
    show.live("acme");
    micrometerIsSeen();
    assertNotNull(registry.find("tenantpool.waiting").gauge());
    show.desk.close();
    assertTrue(Metrics.globalRegistry.getMeters().isEmpty());
    assertTrue(registry.getMeters().isEmpty());
  }

  @Test
  void anApplicationWhoseMicrometerRefusesAMeterIsLeftAloneAndToldOfOnce() {
    Metrics.counter("tenantpool.waiting", "server", StubPool.SERVER);
    show.live("acme");
    micrometerIsSeen();
    nextLook();
    assertEquals(1, Metrics.globalRegistry.getMeters().size());
    assertNull(registry.find("tenantpool.servers").gauge());
    assertEquals(
        1, show.log.stream().filter(line -> line.contains(ApplicationMeters.FAULT)).count());
  }

  private void assertFaults(int count) {
    assertEquals(
        1, show.log.stream().filter(line -> line.contains(ApplicationMeters.FAULT)).count());
    assertEquals(count, show.faults.count(FaultKind.OBSERVATION));
  }

  @Test
  void aLoaderOfAnApplicationThatIsStoppedIsToldAndTheOthersHaveMeters() {
    ClassLoader stopped =
        new ClassLoader(null) {
          @Override
          protected Class<?> findClass(String name) {
            throw new IllegalStateException("stopped");
          }
        };
    show.micrometers.accept(stopped);
    show.live("acme");
    micrometerIsSeen();
    show.step();
    Reference.reachabilityFence(stopped);
    assertEquals(Set.of("acme"), tenants(registry));
    assertFaults(1);
  }

  @Test
  void metersThatCannotBeRemovedAreToldAndTheOthersAreRemoved() {
    AtomicBoolean stubborn = new AtomicBoolean(true);
    registry
        .config()
        .onMeterRemoved(
            meter -> {
              if (stubborn.get() && meter.getId().getName().startsWith("tenantpool.tenant.")) {
                throw new IllegalStateException("on purpose");
              }
            });
    show.live("acme");
    show.live("globex");
    micrometerIsSeen();
    assertNotNull(registry.find("tenantpool.waiting").gauge());
    // With the first tenant all is taken away; the second one resists as well.
    show.dormant("acme");
    nextLook();
    show.step();
    stubborn.set(false);
    assertNull(registry.find("tenantpool.waiting").gauge());
    assertNull(registry.find("tenantpool.servers").gauge());
    assertFaults(2);
  }

  @Test
  void aFaultOfThePoolDoesNotReachWhoReadsAMeter() {
    show.live("acme");
    micrometerIsSeen();
    assertEquals(4, server("tenantpool.waiting"));
    assertEquals(8, server("tenantpool.borrows"));
    show.ticker.advance(ApplicationMeters.PAUSE_NANOS);
    show.pool.failure = new IllegalStateException("the pool is broken");
    assertEquals(4, server("tenantpool.waiting"));
    assertEquals(8, server("tenantpool.borrows"));
    show.pool.failure = null;
    show.step();
    assertTrue(show.log.stream().anyMatch(line -> line.contains("the pool is broken")));
  }
}
