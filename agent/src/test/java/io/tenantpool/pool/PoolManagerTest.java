package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.Lease;
import io.tenantpool.routing.TestRoutes;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The pool as others see it, with its own threads. */
class PoolManagerTest {

  private static final String SERVER = "db:5432";

  private final StubServer server = new StubServer();
  private final RecordingListener events = new RecordingListener();

  private PoolManager manager() {
    return new PoolManager(TestSettings.budget(4), Ticker.system(), events);
  }

  @Test
  void itsThreadsResetAndPublishAndEndWithIt() throws Exception {
    CountDownLatch reset = new CountDownLatch(1);
    CountDownLatch samples = new CountDownLatch(1);
    events.reaction =
        line -> {
          if (line.startsWith("reset ")) {
            assertTrue(Thread.currentThread().isDaemon());
            reset.countDown();
          } else if (line.equals("samples")) {
            samples.countDown();
          }
        };
    PoolManager manager = manager();
    manager.start();
    manager.start();
    manager.borrow(TestRoutes.route("a"), server.opener()).end();
    assertTrue(reset.await(20, TimeUnit.SECONDS));
    assertTrue(samples.await(20, TimeUnit.SECONDS));
    Lease leased = manager.borrow(TestRoutes.route("b"), server.opener());
    CountDownLatch closed = new CountDownLatch(2);
    events.reaction =
        line -> {
          if (line.startsWith("closed ")) {
            closed.countDown();
          }
        };
    manager.close();
    assertFalse(((StubServer.Physical) leased.physical()).closed, "what is leased stays");
    assertThrows(SQLException.class, () -> manager.borrow(TestRoutes.route("a"), server.opener()));
    leased.end();
    assertTrue(closed.await(20, TimeUnit.SECONDS), "its worker closes what comes back");
    assertEquals(0, server.sockets.get());
  }

  @Test
  void itAnswersForServersAndTenantsThatItKnowsAndForOthers() throws Exception {
    PoolManager manager = manager();
    assertTrue(manager.servers().isEmpty());
    assertTrue(manager.server(SERVER).isEmpty());
    assertTrue(manager.tenants(SERVER, false).isEmpty());
    assertEquals(0, manager.evictIdle(SERVER));
    assertEquals(0, manager.evictIdle(SERVER, "a"));
    assertFalse(manager.closeTenant(SERVER, "a"));
    manager.resetPeaks(SERVER);
    manager.borrow(TestRoutes.route("a"), server.opener()).end();
    Lease lease = manager.borrow(TestRoutes.route("b"), server.opener());
    assertEquals(List.of("serverAdded db:5432"), events.lines().subList(0, 1));
    assertEquals(2, manager.servers().get(0).open());
    assertEquals(2, manager.server(SERVER).orElseThrow().tenants());
    assertEquals(1, manager.evictIdle(SERVER, "a"));
    assertEquals(0, manager.evictIdle(SERVER));
    manager.resetPeaks(SERVER);
    assertEquals(2, manager.tenants(SERVER, false).size());
    assertEquals(1, manager.tenant(SERVER, "b").orElseThrow().active());
    assertTrue(manager.tenant(SERVER, "b").orElseThrow().url().contains("/b"));
    assertTrue(manager.tenant(SERVER, "c").isEmpty());
    assertTrue(manager.closeTenant(SERVER, "b"));
    manager.close();
    lease.end();
  }

  @Test
  void connectionsThatAreNotPooledCountWhileTheyAreOpen() {
    PoolManager manager = manager();
    StubServer.Physical open = server.physical();
    StubServer.Physical closed = server.physical();
    closed.closed = true;
    manager.bypassed(SERVER, open.driverConnection());
    manager.bypassed(SERVER, closed.driverConnection());
    ServerSnapshot snapshot = manager.server(SERVER).orElseThrow();
    assertEquals(1, snapshot.bypassed());
    assertEquals(2, snapshot.bypassedOpens());
    assertNotNull(open);
  }

  @Test
  void bypassedConnectionsThatAreClosedDoNotPileUp() {
    BypassedConnections bypassed = new BypassedConnections();
    for (int i = 0; i < 10_000; i++) {
      StubServer.Physical physical = server.physical();
      bypassed.add(physical.driverConnection());
      physical.closed = true;
    }
    assertTrue(bypassed.watched() <= 512, () -> "watched: " + bypassed.watched());
    assertEquals(10_000, bypassed.opens());
  }
}
