package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.Settings;
import io.tenantpool.connection.Pin;
import io.tenantpool.pool.WatchedSnapshot;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

/** Tenants whose connections are only watched, as operators see them. */
class WatchedTenantsTest {

  private static final String ALL = "io.tenantpool:type=WatchedTenant,*";
  private static final String ACME = Names.watchedTenant(StubPool.SERVER, "acme");

  private final Show show = new Show(Settings.of("mode=observe"));

  private static WatchedSnapshot seen(String tenant, int held) {
    return new WatchedSnapshot(
        tenant,
        10,
        200_000_000,
        held,
        7,
        2,
        3,
        1,
        4.5,
        1.25,
        1_000_000_000,
        10,
        200_000_000,
        Map.of(Pin.UNWRAPPED, 3L));
  }

  private void hold(String tenant, int connections) {
    show.pool.watched.removeIf(each -> each.tenant().equals(tenant));
    show.pool.watched.add(seen(tenant, connections));
  }

  /** Lets the time pass after which is looked again. */
  private void look() {
    show.listener.serverAdded(StubPool.SERVER);
    show.ticker.advance(WatchedTenants.PAUSE_NANOS);
    show.step();
  }

  @Test
  void aTenantThatHoldsConnectionsHasAnMBeanOfItsOwn() throws JMException {
    hold("acme", 6);
    look();
    assertEquals(Set.of(ACME), show.names(ALL));
    assertEquals(6, show.attribute(ACME, "Held"));
    assertEquals(7, show.attribute(ACME, "PeakHeld"));
    assertEquals(4.5, show.attribute(ACME, "MeanHeld"));
    assertEquals(2, show.attribute(ACME, "Busy"));
    assertEquals(3, show.attribute(ACME, "PeakBusy"));
    assertEquals(1.25, show.attribute(ACME, "MeanBusy"));
    assertEquals(1, show.attribute(ACME, "IdleInPools"));
    assertEquals(10L, show.attribute(ACME, "Opens"));
    assertEquals(20_000.0, show.attribute(ACME, "ConnectMicrosMean"));
    TabularData pins = (TabularData) show.attribute(ACME, "WouldPin");
    assertEquals(3L, pins.get(new Object[] {"UNWRAPPED"}).get("value"));
    // It has no pool: neither as a tenant nor in HikariCP's words.
    assertEquals(Set.of(), show.names("io.tenantpool:type=Tenant,*"));
    assertEquals(Set.of(), show.names("com.zaxxer.hikari:*"));
  }

  @Test
  void aTenantThatHasHeldNoneForAWhileGoesAndMayComeBack() throws JMException {
    hold("acme", 1);
    look();
    hold("acme", 0);
    look();
    assertEquals(Set.of(), show.names(ALL));
    hold("acme", 2);
    look();
    assertEquals(2, show.attribute(ACME, "Held"));
  }

  @Test
  void manyTenantsAppearOneAfterTheOther() throws JMException {
    for (int i = 0; i < PresenceBook.NEWCOMERS_PER_SWEEP + 5; i++) {
      hold("tenant" + i, 1);
    }
    look();
    assertEquals(PresenceBook.NEWCOMERS_PER_SWEEP, show.names(ALL).size());
    show.step();
    assertEquals(PresenceBook.NEWCOMERS_PER_SWEEP, show.names(ALL).size());
    assertFalse(show.desk.nextStepNanos() > WatchedTenants.PAUSE_NANOS);
    look();
    assertEquals(PresenceBook.NEWCOMERS_PER_SWEEP + 5, show.names(ALL).size());
    assertEquals(PresenceBook.AUDIT_NANOS, show.desk.nextStepNanos());
    show.desk.close();
    assertEquals(Set.of(), show.names("io.tenantpool:*"));
  }

  @Test
  void prometheusHasThemAndTheirServer() {
    StubPool pool = new StubPool();
    pool.watched.add(seen("", 9));
    pool.watched.add(seen("small", 1));
    pool.watched.add(seen("gone", 0));
    pool.watched.add(seen("large", 8));
    String page = MonitoringFilesTest.page(pool, 1);
    for (String line :
        new String[] {
          "tenantpool_watched_connections_open{server=\"db:5432\"} 9.0",
          "tenantpool_watched_connections_busy{server=\"db:5432\"} 2.0",
          "tenantpool_watched_connections_idle_in_pools{server=\"db:5432\"} 1.0",
          "tenantpool_watched_opens_seconds_count{server=\"db:5432\"} 10",
          "tenantpool_watched_opens_seconds_sum{server=\"db:5432\"} 0.2",
          "tenantpool_watched_pins_total{server=\"db:5432\"} 3.0",
          "tenantpool_tenant_watched_connections_open{server=\"db:5432\",tenant=\"large\"} 8.0",
          "tenantpool_tenant_watched_connections_busy{server=\"db:5432\",tenant=\"large\"} 2.0",
          "tenantpool_tenant_watched_opens_total{server=\"db:5432\",tenant=\"large\"} 10.0",
          "tenantpool_tenant_watched_pins_total{server=\"db:5432\",tenant=\"large\"} 3.0"
        }) {
      assertTrue(page.contains("\n" + line + "\n"), () -> line + "\n" + page);
    }
    assertFalse(page.contains("small"), page);
    assertTrue(MonitoringFilesTest.page(pool, 2).contains("small"));
    assertFalse(MonitoringFilesTest.page(pool, 9).contains("gone"));
    assertFalse(MonitoringFilesTest.page(pool, 0).contains("large"));
  }
}
