package io.tenantpool.it.jmx;

import static io.tenantpool.it.jmx.ObservedApplication.server;
import static io.tenantpool.it.jmx.ObservedApplication.tenant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The agent's MXBeans move as the application does, and their operations do what they say. One
 * server with a budget of three, two for each tenant; each test has tenants of its own and starts
 * without idle connections.
 */
final class MBeanFiguresTest {

  private static ObservedApplication application;
  private static JmxClient console;

  @BeforeAll
  static void startTheApplication() throws SQLException, IOException {
    ChildJvm jvm =
        ObservedApplication.withAgent()
            .setting("max-connections", 3)
            .setting("max-connections-per-tenant", 2)
            .setting("tenant-cap", "hard")
            .setting("acquire-timeout", "4s")
            .setting("exclude-urls", "jdbc:postgresql://*/left_alone_*");
    application = ObservedApplication.start(jvm);
    console = application.console();
    application.work(1, ObservedApplication.tenants(1).get(0));
    console.awaitBean(server());
  }

  @AfterAll
  static void endTheApplication() throws IOException {
    application.close();
  }

  @BeforeEach
  void startWithoutIdleConnections() throws IOException, JMException {
    console.await(
        "no connection",
        () -> {
          Object evicted = console.call(server(), "evictIdle");
          return evicted.equals(0) && console.number(server(), "Open") == 0;
        },
        none -> none);
  }

  @Test
  void managerServerAndTenantsAreThereUnderQuotedNames() throws Exception {
    String database = ObservedApplication.tenants(1).get(0);
    application.work(1, database);
    console.awaitBean(tenant(database));
    assertEquals(1, console.names("io.tenantpool:type=PoolManager").size());
    ObjectName server = new ObjectName(server());
    assertEquals(server, console.names("io.tenantpool:type=Server,*").iterator().next());
    assertEquals('"' + ObservedApplication.serverName() + '"', server.getKeyProperty("name"));
    assertEquals(
        List.of(ObservedApplication.serverName()),
        List.of((String[]) console.get(JmxClient.MANAGER, "Servers")));
    assertEquals(ObservedApplication.POSTGRES.url(database), console.get(tenant(database), "Url"));
    assertEquals(2, console.number(tenant(database), "Limit"));
    assertEquals(true, console.get(tenant(database), "Live"));
    assertEquals(3, console.number(server(), "Budget"));
  }

  @Test
  void borrowsOpensHitsAndResetsFollowTheWork() throws Exception {
    String database = ObservedApplication.tenants(1).get(0);
    long borrows = console.number(server(), "Borrows");
    long opens = console.number(server(), "Opens");
    application.work(10, database);
    String tenant = tenant(database);
    console.awaitNumber(10, tenant, "Resets");
    assertEquals(10, console.number(tenant, "Borrows"));
    // The server's figures are read anew ten times a second.
    console.awaitNumber(borrows + 10, server(), "Borrows");
    // While one is being reset, the next borrow may open the tenant's second.
    long opened = console.number(tenant, "Opens");
    assertTrue(opened == 1 || opened == 2, "opened " + opened);
    console.awaitNumber(opens + opened, server(), "Opens");
    assertEquals((10 - opened) / 10.0, console.decimal(tenant, "HitRate"), 1e-9);
    assertEquals(opened, console.number(tenant, "Open"));
    assertEquals(0, console.number(tenant, "Active"));
    console.await("p99", () -> console.decimal(tenant, "BorrowMicrosP99"), micros -> micros > 0);
    assertTrue(console.decimal(tenant, "BorrowMicrosMean") > 0);
    assertTrue(console.decimal(tenant, "ConnectMicrosMean") > 0);
    assertTrue(
        console.decimal(tenant, "BorrowMicrosMax") >= console.decimal(tenant, "BorrowMicrosMean"));
  }

  @Test
  void aBorrowWithoutRoomWaitsAndIsServedWhenOneComesBack() throws Exception {
    String database = ObservedApplication.tenants(1).get(0);
    application.open("first", database);
    application.open("second", database);
    application.wantOpen("third", database);
    console.awaitNumber(1, tenant(database), "Waiting");
    assertEquals(2, console.number(tenant(database), "Active"));
    application.close("first");
    application.awaitOpened("third");
    console.awaitNumber(0, tenant(database), "Waiting");
    assertEquals(1, console.number(tenant(database), "PeakWaiting"));
    assertEquals(0, console.number(tenant(database), "Timeouts"));
    application.close("second");
    application.close("third");
  }

  @Test
  void aBorrowThatWaitsInVainSaysWhyAndCounts() throws Exception {
    String database = ObservedApplication.tenants(1).get(0);
    long timeouts = console.number(JmxClient.MANAGER, "Timeouts");
    application.open("holder", database);
    application.open("other", database);
    application.wantOpen("waiter", database);
    String failure = application.child().awaitLine("failed waiter ");
    assertTrue(failure.startsWith("53300 java.sql.SQLTransientConnectionException "), failure);
    assertTrue(failure.contains("tenant '" + database + "'"), failure);
    assertTrue(failure.contains("uses 2 of 2"), failure);
    assertTrue(failure.contains("in thread 'holder'"), failure);
    assertTrue(failure.contains("tenantpool.max-connections-per-tenant"), failure);
    console.awaitNumber(1, tenant(database), "Timeouts");
    assertEquals(timeouts + 1, console.number(JmxClient.MANAGER, "Timeouts"));
    application.close("holder");
    application.close("other");
    String line =
        console.await(
            "the line in the log",
            () ->
                application.child().err().stream()
                    .filter(l -> l.contains(" timed-out ") && l.contains(database))
                    .findFirst()
                    .orElse(""),
            l -> !l.isEmpty());
    assertTrue(line.contains(" WARN  tenantpool timed-out "), line);
    assertTrue(line.contains("tenantpool.max-connections-per-tenant"), line);
  }

  @Test
  void evictionsTellTheirCause() throws Exception {
    List<String> databases = ObservedApplication.tenants(4);
    long server = console.row(server(), "Evictions", "CAPACITY");
    for (int i = 0; i < 3; i++) {
      application.open("c" + i, databases.get(i));
    }
    for (int i = 0; i < 3; i++) {
      application.close("c" + i);
    }
    String first = tenant(databases.get(0));
    for (int i = 0; i < 3; i++) {
      // One that is being reset just now is passed over.
      console.awaitNumber(1, tenant(databases.get(i)), "Resets");
    }
    console.awaitNumber(1, first, "Idle");
    application.open("last", databases.get(3));
    console.await(
        "eviction", () -> console.row(first, "Evictions", "CAPACITY"), count -> count == 1);
    assertEquals(0, console.number(first, "Open"));
    console.await(
        "eviction", () -> console.row(server(), "Evictions", "CAPACITY"), n -> n == server + 1);
    assertTrue(console.row(JmxClient.MANAGER, "Evictions", "CAPACITY") > server);
    assertEquals(0, console.row(first, "Evictions", "IDLE"));
    application.close("last");
  }

  @Test
  void aConnectionToAnExcludedUrlIsCountedWhileItIsOpen() throws Exception {
    String database = ObservedApplication.POSTGRES.createDatabases("left_alone", 1).get(0);
    long opens = console.number(server(), "BypassedOpens");
    application.open("bypassed", database);
    console.awaitNumber(1, server(), "Bypassed");
    assertEquals(1, console.number(JmxClient.MANAGER, "Bypassed"));
    assertEquals(0, console.number(server(), "Open"));
    application.close("bypassed");
    console.awaitNumber(0, server(), "Bypassed");
    assertEquals(opens + 1, console.number(server(), "BypassedOpens"));
    assertFalse(console.has(tenant(database)));
  }

  @Test
  void evictIdleClosesWhatIsIdleAndNoMore() throws Exception {
    List<String> databases = ObservedApplication.tenants(2);
    application.open("idle", databases.get(0));
    application.open("busy", databases.get(0));
    application.open("other", databases.get(1));
    application.close("idle");
    application.close("other");
    String tenant = tenant(databases.get(0));
    console.awaitNumber(1, tenant, "Idle");
    console.awaitNumber(1, tenant, "Resets");
    console.awaitNumber(1, tenant(databases.get(1)), "Resets");
    assertEquals(1, console.call(tenant, "evictIdle"));
    console.awaitNumber(1, tenant, "Open");
    assertEquals(1, console.row(tenant, "Evictions", "OPERATOR"));
    assertEquals(1, console.number(tenant(databases.get(1)), "Open"));
    assertEquals(1, console.call(server(), "evictIdle"));
    console.awaitNumber(1, server(), "Open");
    application.close("busy");
  }

  @Test
  void closeTenantClosesIdleOnesNowAndBusyOnesWhenTheyComeBack() throws Exception {
    String database = ObservedApplication.tenants(1).get(0);
    application.open("busy", database);
    application.work(1, database);
    String tenant = tenant(database);
    console.awaitNumber(1, tenant, "Idle");
    assertEquals(true, console.call(tenant, "closeTenant"));
    console.awaitNumber(1, tenant, "Open");
    application.close("busy");
    console.awaitNumber(0, tenant, "Open");
    application.work(1, database);
    assertEquals(true, console.call(server(), "closeTenant", database));
    console.awaitNumber(0, tenant, "Open");
    assertEquals(false, console.call(server(), "closeTenant", "no-such-tenant"));
  }

  @Test
  void resetPeaksForgetsPeaksLongestBorrowsAndPercentiles() throws Exception {
    String database = ObservedApplication.tenants(1).get(0);
    application.open("one", database);
    application.open("two", database);
    application.close("one");
    String tenant = tenant(database);
    console.await("samples", () -> console.decimal(tenant, "BorrowMicrosP99"), p99 -> p99 > 0);
    assertEquals(2, console.number(tenant, "PeakActive"));
    console.call(server(), "resetPeaks");
    console.awaitNumber(1, tenant, "PeakActive");
    console.awaitNumber(0, tenant, "BorrowMicrosMax");
    // Samples come in batches: one that was under way may arrive after the first call.
    console.await(
        "no percentile",
        () -> {
          double p99 =
              console.decimal(tenant, "BorrowMicrosP99")
                  + console.decimal(server(), "BorrowMicrosP99");
          if (p99 > 0) {
            console.call(server(), "resetPeaks");
          }
          return p99;
        },
        p99 -> p99 == 0);
    assertEquals(1, console.number(server(), "PeakActive"));
    assertEquals(2, console.number(tenant, "Borrows"));
    application.close("two");
    console.call(JmxClient.MANAGER, "resetPeaks");
    console.awaitNumber(0, tenant, "PeakActive");
  }
}
