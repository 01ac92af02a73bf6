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
import org.junit.jupiter.api.Timeout;

/**
 * A thousand random changes of everything that can be changed at run time, while threads borrow and
 * return: none fails a borrow, and each cap holds one lease later.
 */
@Timeout(180)
class RuntimeChangesTest {

  private static final int CHANGES = 1000;
  private static final int THREADS = 12;
  private static final int TENANTS = 25;
  private static final int MOST = 16;

  private final StubServer server = new StubServer();
  private final RuntimeSettings settings =
      new RuntimeSettings(
          Settings.of(
              "max-connections=8,reserved-connections=1,acquire-timeout=60s,"
                  + "system-urls=jdbc:postgresql://*/sys**"));
  private final String name = TestRoutes.route("t0").server();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong around = new AtomicLong();
  private volatile boolean stop;

  @Test
  void aThousandChangesFailNobodyAndEachCapHoldsOneLeaseLater() throws Exception {
    PoolManager pool = new PoolManager(settings, Ticker.system(), new PoolListener() {});
    pool.start();
    pool.borrow(TestRoutes.route("t0"), server.opener("t0")).end();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      SplittableRandom random = new SplittableRandom(i);
      Thread thread = new Thread(() -> use(pool, random), "user " + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    SplittableRandom random = new SplittableRandom(7);
    int lowered = 0;
    for (int i = 0; i < CHANGES; i++) {
      change(pool, random);
      if (random.nextInt(4) == 0) {
        awaitCaps(pool);
        lowered++;
      }
    }
    stop = true;
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(70));
      assertTrue(!thread.isAlive(), () -> "still waiting: " + pool.servers());
    }
    assertEquals(List.of(), List.copyOf(failures));
    assertTrue(lowered > CHANGES / 8, "looks: " + lowered);
    assertTrue(done.get() > CHANGES / 10, "units of work: " + done);
    assertTrue(around.get() > 0, "nobody met the mode off");
    assertTrue(server.mostSockets.get() <= MOST, "sockets: " + server.mostSockets);
    pool.close();
    ServerSnapshot rest = pool.servers().get(0);
    assertEquals(0, rest.waiting() + rest.active() + rest.open(), rest::toString);
    assertEquals(0, server.sockets.get());
  }

  private void change(PoolManager pool, SplittableRandom random) {
    String tenant = "t" + random.nextInt(TENANTS);
    switch (random.nextInt(12)) {
      case 0, 1 -> settings.change("max-connections", cap(random));
      case 2 -> settings.changeMaxConnections(name, cap(random));
      case 3 -> settings.change("reserved-connections", String.valueOf(random.nextInt(3)));
      case 4 ->
          settings.change("max-connections-per-tenant", String.valueOf(1 + random.nextInt(3)));
      case 5 -> pool.limitTenant(name, tenant, 1 + random.nextInt(4));
      case 6 -> {
        pool.pool(false);
        LockSupport.parkNanos(500_000);
        pool.pool(true);
      }
      case 7 -> pool.evictIdle(name);
      case 8 -> pool.closeTenant(name, tenant);
      case 9 -> settings.change("max-lifetime", 30 + random.nextInt(600) + "s");
      case 10 -> settings.change("max-idle-time", 1 + random.nextInt(300) + "s");
      default -> server.limit = random.nextBoolean() ? -1 : 4 + random.nextInt(MOST);
    }
  }

  private static String cap(SplittableRandom random) {
    return String.valueOf(4 + random.nextInt(MOST - 3));
  }

  /** A lease takes a millisecond at most; a busy machine stretches that. */
  private void awaitCaps(PoolManager pool) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    ServerSnapshot seen = pool.servers().get(0);
    while (seen.open() > seen.budget() && System.nanoTime() < end) {
      LockSupport.parkNanos(200_000);
      seen = pool.servers().get(0);
    }
    assertTrue(seen.open() <= seen.budget(), seen::toString);
  }

  private void use(PoolManager pool, SplittableRandom random) {
    while (!stop) {
      boolean system = random.nextInt(12) == 0;
      String tenant = system ? "sys" : "t" + random.nextInt(TENANTS);
      try {
        Lease lease = pool.borrow(TestRoutes.route(tenant, "app", system), server.opener(tenant));
        StubServer.Physical physical = (StubServer.Physical) lease.physical();
        if (physical.user != null || physical.closed || !physical.tenant.equals(tenant)) {
          failures.add(new AssertionError("wrong connection for " + tenant));
        }
        physical.user = Thread.currentThread();
        LockSupport.parkNanos(random.nextInt(1_000_000));
        if (physical.closed) {
          failures.add(new AssertionError("a lease was taken away from " + tenant));
        }
        physical.user = null;
        lease.end();
        done.incrementAndGet();
      } catch (NotPoolingException e) {
        // The application gets a connection of the driver's then.
        around.incrementAndGet();
      } catch (SQLException e) {
        failures.add(e);
      }
    }
  }
}
