package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.Lease;
import io.tenantpool.connection.Origin;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import io.tenantpool.upkeep.Upkeep;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises 1, 2 and 6 under everything at once: no socket over the budget, no wrong owner, no lost
 * permit, no lost waiter, no session in which another application pool has left something.
 */
class HardCapStressTest {

  private static final int BUDGET = 12;
  private static final int THREADS = 32;
  private static final int TENANTS = 200;

  private final List<Origin> origins = List.of(new Origin("one"), new Origin("two"));
  private final StubServer server = new StubServer();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverMoreSocketsThanTheBudgetAndNoPermitIsLost(long seed) throws Exception {
    server.onOpen = () -> disturb(6, "08001");
    server.onReset = () -> disturb(50, "57P01");
    server.onClose = () -> LockSupport.parkNanos(50_000);
    PoolLimits limits =
        new PoolLimits(
            BUDGET,
            2,
            Sharing.hard(3),
            Duration.ofMillis(200),
            Duration.ofMillis(20),
            Duration.ofMillis(500),
            Duration.ofMillis(5),
            Duration.ofSeconds(1),
            0,
            true,
            true,
            Integer.MAX_VALUE);
    ServerPool pool = new ServerPool("db:5432", limits, Ticker.system(), new PoolListener() {});
    Thread worker = Upkeep.rounds(pool.worker()::round);
    worker.start();
    List<Thread> threads = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    for (int i = 0; i < THREADS; i++) {
      SplittableRandom random = new SplittableRandom(seed * 1000 + i);
      threads.add(start(() -> use(pool, random, end)));
    }
    for (int i = 0; System.nanoTime() < end; i++) {
      pool.operations().expire();
      if (i % 10 == 0) {
        pool.operations().evictIdle();
        pool.operations().closeTenant("t" + i % TENANTS);
        threads.get(i % THREADS).interrupt();
      }
      LockSupport.parkNanos(5_000_000);
    }
    for (Thread thread : threads) {
      thread.join(20_000);
      assertTrue(!thread.isAlive(), () -> "still waiting: " + pool.read(Figures::server));
    }
    assertEquals(List.of(), List.copyOf(failures));
    assertTrue(server.mostSockets.get() <= BUDGET, "sockets at once: " + server.mostSockets.get());
    assertTrue(done.get() > 1000, "units of work: " + done + ", refused: " + refused);
    pool.operations().close();
    pool.worker().stop();
    worker.join(5_000);
    while (pool.work()) {
      // Closes what the worker left.
    }
    ServerSnapshot rest = pool.read(Figures::server);
    assertEquals(0, rest.open(), rest::toString);
    assertEquals(0, rest.waiting(), rest::toString);
    assertEquals(0, rest.active(), rest::toString);
    assertEquals(0, rest.liveTenants(), rest::toString);
    assertEquals(0, server.sockets.get());
  }

  private void use(ServerPool pool, SplittableRandom random, long end) {
    while (System.nanoTime() < end) {
      int number = (int) (TENANTS * Math.pow(random.nextDouble(), 3));
      Route.Pooled route =
          TestRoutes.route("t" + number, random.nextInt(4) == 0 ? "other" : "app", number < 3);
      try {
        work(pool, route, random, 0);
        done.incrementAndGet();
      } catch (SQLTransientConnectionException e) {
        refused.incrementAndGet();
      } catch (SQLException e) {
        if (!"08001".equals(e.getSQLState()) && !"53300".equals(e.getSQLState())) {
          failures.add(e);
        }
      } catch (Throwable e) {
        failures.add(e);
      }
    }
  }

  private void work(ServerPool pool, Route.Pooled route, SplittableRandom random, int depth)
      throws SQLException {
    String identity = route.tenant() + route.key();
    int dice = random.nextInt(3);
    Origin origin = dice == 2 ? null : origins.get(dice);
    Lease lease = pool.borrow(route, server.opener(identity), origin, null);
    StubServer.Physical physical = (StubServer.Physical) lease.physical();
    try {
      if (physical.user != null
          || !physical.use(origin)
          || physical.closed
          || !physical.tenant.equals(identity)) {
        failures.add(
            new AssertionError("wrong connection " + physical.tenant + " for " + identity));
      }
      physical.user = Thread.currentThread();
      if (random.nextInt(3) == 0) {
        LockSupport.parkNanos(random.nextInt(300_000));
      }
      if (depth < 2 && random.nextInt(20) == 0) {
        work(pool, route, random, depth + 1);
      }
      physical.broken = random.nextInt(100) == 0;
      physical.reusable = random.nextInt(100) != 0;
    } finally {
      physical.user = null;
      lease.end();
      lease.end();
    }
  }

  private static void disturb(int oneIn, String sqlState) throws SQLException {
    SplittableRandom random = new SplittableRandom(System.nanoTime());
    LockSupport.parkNanos(random.nextInt(200_000));
    int dice = random.nextInt(oneIn);
    if (dice == 0) {
      throw new SQLException("made to fail", sqlState);
    }
    if (dice == 1 && "08001".equals(sqlState)) {
      throw new SQLException("sorry, too many clients already", "53300");
    }
  }

  private static Thread start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
