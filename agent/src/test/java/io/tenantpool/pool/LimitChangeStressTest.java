package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.Lease;
import io.tenantpool.routing.TestRoutes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The caps go up and down, of all servers and of one, while sixteen threads borrow and return. */
class LimitChangeStressTest {

  private static final int THREADS = 16;
  private static final int HIGHEST = 14;
  private static final int LOWEST = 2;

  private final StubServer server = new StubServer();
  private final RuntimeSettings settings =
      new RuntimeSettings(Settings.of("max-connections=8,acquire-timeout=10s"));
  private final AtomicLong done = new AtomicLong();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

  @Test
  void noPermitIsLostNoLeaseTakenAndTheLastCapHolds() throws Exception {
    server.onClose = () -> LockSupport.parkNanos(50_000);
    PoolManager pool = new PoolManager(settings, Ticker.system(), new PoolListener() {});
    pool.start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      SplittableRandom random = new SplittableRandom(i);
      Thread thread = new Thread(() -> use(pool, random, end));
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    SplittableRandom random = new SplittableRandom(42);
    while (System.nanoTime() < end) {
      String cap = String.valueOf(LOWEST + random.nextInt(HIGHEST - LOWEST + 1));
      switch (random.nextInt(4)) {
        case 0 -> settings.changeMaxConnections(TestRoutes.route("t0").server(), cap);
        case 1 ->
            settings.change("max-connections-per-tenant", String.valueOf(1 + random.nextInt(2)));
        default -> settings.change("max-connections", cap);
      }
      LockSupport.parkNanos(3_000_000);
    }
    for (Thread thread : threads) {
      thread.join(20_000);
      assertTrue(!thread.isAlive(), () -> "still waiting: " + pool.servers());
    }
    assertEquals(List.of(), List.copyOf(failures));
    assertTrue(done.get() > 1_000, "units of work: " + done);
    assertTrue(server.mostSockets.get() <= HIGHEST, "sockets: " + server.mostSockets.get());
    settings.change("max-connections", String.valueOf(LOWEST));
    ServerSnapshot low = awaitOpen(pool, LOWEST);
    assertEquals(LOWEST, low.budget(), low::toString);
    pool.close();
    ServerSnapshot rest = awaitOpen(pool, 0);
    assertEquals(0, rest.waiting() + rest.active() + rest.liveTenants(), rest::toString);
    assertEquals(0, server.sockets.get());
  }

  private static ServerSnapshot awaitOpen(PoolManager pool, int most) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    ServerSnapshot snapshot = pool.servers().get(0);
    while (snapshot.open() > most && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
      snapshot = pool.servers().get(0);
    }
    assertTrue(snapshot.open() <= most, snapshot::toString);
    return snapshot;
  }

  private void use(PoolManager pool, SplittableRandom random, long end) {
    while (System.nanoTime() < end) {
      String tenant = "t" + random.nextInt(30);
      try {
        Lease lease = pool.borrow(TestRoutes.route(tenant), server.opener(tenant));
        StubServer.Physical physical = (StubServer.Physical) lease.physical();
        if (physical.user != null || physical.closed || !physical.tenant.equals(tenant)) {
          failures.add(new AssertionError("wrong connection for " + tenant));
        }
        physical.user = Thread.currentThread();
        LockSupport.parkNanos(random.nextInt(200_000));
        if (physical.closed) {
          failures.add(new AssertionError("a lease was taken away from " + tenant));
        }
        physical.user = null;
        lease.end();
        done.incrementAndGet();
      } catch (SQLException e) {
        failures.add(e);
      }
    }
  }
}
