package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.Settings;
import io.tenantpool.connection.Lease;
import io.tenantpool.routing.TestRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads that each hold one connection and ask for another, more of them than the budget: one
 * after the other comes to its end. Without the {@link LastLease} all hold one before long, and
 * nobody goes on.
 */
class NestedThreadsTest {

  private static final int BUDGET = 6;
  private static final int THREADS = 18;
  private static final int ROUNDS = 60;

  private final StubServer server = new StubServer();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 18})
  void oneAfterTheOtherComesToItsEnd(int tenants) throws Exception {
    List<Thread> threads = new ArrayList<>();
    try (PoolManager pool =
        new PoolManager(
            Settings.of("max-connections=" + BUDGET + ",acquire-timeout=5s"),
            Ticker.system(),
            new PoolListener() {})) {
      pool.start();
      nest(pool, "t0");
      for (int i = 0; i < THREADS; i++) {
        String tenant = "t" + i % tenants;
        Thread thread = new Thread(() -> work(pool, tenant));
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(60));
        assertTrue(!thread.isAlive(), () -> "still waiting: " + pool.servers());
      }
      assertEquals(0, pool.servers().get(0).active());
    }
    assertEquals(List.of(), List.copyOf(failures));
    assertTrue(server.mostSockets.get() <= BUDGET);
  }

  private void work(PoolManager pool, String tenant) {
    try {
      for (int i = 0; i < ROUNDS; i++) {
        nest(pool, tenant);
      }
    } catch (Throwable e) {
      failures.add(e);
    }
  }

  private void nest(PoolManager pool, String tenant) throws Exception {
    Lease outer = pool.borrow(TestRoutes.route(tenant), server.opener(tenant));
    try {
      LockSupport.parkNanos(200_000);
      Lease inner = pool.borrow(TestRoutes.route(tenant), server.opener(tenant));
      LockSupport.parkNanos(200_000);
      inner.end();
    } finally {
      outer.end();
    }
  }
}
