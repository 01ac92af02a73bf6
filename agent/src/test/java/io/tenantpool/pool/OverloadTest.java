package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.Settings;
import io.tenantpool.connection.Lease;
import io.tenantpool.routing.TestRoutes;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten times as many threads as connections: throughput and fairness hold, and every wait ends. */
@Timeout(120)
class OverloadTest {

  private static final int BUDGET = 8;
  private static final int TENANTS = 20;
  private static final long LEASE_NANOS = 3_000_000;
  private static final int ROUNDS = 4;

  private record Outcome(double perSecond, double jain, long longestNanos, long refused) {}

  private final StubServer server = new StubServer();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

  /** On a busy machine a round may be a bad one; where the promise is broken, all are. */
  @Test
  void tenTimesTheDemandCostsNeitherThroughputNorFairness() throws Exception {
    double ratio = 0;
    double jain = 0;
    for (int round = 0; round < ROUNDS && (ratio < 0.9 || jain < 0.95); round++) {
      Outcome saturated = run(BUDGET, 800, "60s");
      Outcome overloaded = run(10 * BUDGET, 800, "60s");
      double most = 1e9 * BUDGET / LEASE_NANOS;
      assertTrue(
          saturated.perSecond() < 1.05 * most,
          () -> "a wake-up that came too late has ended waits of the application: " + saturated);
      ratio = Math.max(ratio, overloaded.perSecond() / saturated.perSecond());
      jain = Math.max(jain, overloaded.jain());
      assertEquals(0, overloaded.refused(), "who would have been served was turned away");
    }
    assertEquals(List.of(), List.copyOf(failures));
    assertTrue(ratio >= 0.9, "throughput to that of saturation: " + ratio);
    assertTrue(jain >= 0.95, "Jain's index of the tenants: " + jain);
  }

  @Test
  void whereMostWaitsAreHopelessEachEndsInTimeAndTheLineGoesOnMoving() throws Exception {
    Outcome overloaded = run(40 * BUDGET, 3500, "250ms");
    List<Throwable> other =
        failures.stream().filter(f -> !(f instanceof SQLTransientConnectionException)).toList();
    assertEquals(List.of(), other);
    assertTrue(overloaded.perSecond() > 0.3e9 / LEASE_NANOS, overloaded::toString);
    long late = overloaded.longestNanos() - TimeUnit.MILLISECONDS.toNanos(250);
    assertTrue(late < TimeUnit.SECONDS.toNanos(3), () -> "a wait ended late: " + overloaded);
  }

  private Outcome run(int threads, long millis, String timeout) throws Exception {
    AtomicLongArray done = new AtomicLongArray(TENANTS);
    AtomicLong longest = new AtomicLong();
    long refused;
    try (PoolManager pool =
        new PoolManager(
            Settings.of("max-connections=" + BUDGET + ",acquire-timeout=" + timeout),
            Ticker.system(),
            new PoolListener() {})) {
      pool.start();
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      List<Thread> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        Thread thread = new Thread(() -> use(pool, number, end, done, longest));
        thread.setDaemon(true);
        thread.start();
        running.add(thread);
      }
      for (Thread thread : running) {
        thread.join(70_000);
        assertTrue(!thread.isAlive(), () -> "still waiting: " + pool.servers());
      }
      refused = pool.servers().get(0).refusals().values().stream().mapToLong(n -> n).sum();
    }
    assertTrue(server.mostSockets.get() <= BUDGET);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < TENANTS; i++) {
      sum += done.get(i);
      squares += (double) done.get(i) * done.get(i);
    }
    return new Outcome(
        sum * 1000 / millis, sum * sum / (TENANTS * squares), longest.get(), refused);
  }

  private void use(
      PoolManager pool, int number, long end, AtomicLongArray done, AtomicLong longest) {
    for (int i = number; System.nanoTime() < end; i++) {
      String tenant = "t" + i % TENANTS;
      long start = System.nanoTime();
      try {
        Lease lease = pool.borrow(TestRoutes.route(tenant), server.opener(tenant));
        LockSupport.parkNanos(LEASE_NANOS);
        lease.end();
        done.incrementAndGet(i % TENANTS);
      } catch (SQLException e) {
        failures.add(e);
        longest.accumulateAndGet(System.nanoTime() - start, Math::max);
        LockSupport.parkNanos(LEASE_NANOS);
      }
    }
  }
}
