package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.routing.TestRoutes;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** A tenant without physical connections costs at most one kilobyte of heap, and no thread. */
class DormantTenantTest {

  private static final int TENANTS = 20_000;
  private static final long MOST_BYTES = 1024;

  private final StubServer server = new StubServer();
  private final ServerPool pool =
      new ServerPool("db:5432", TestLimits.elastic(10, 3), Ticker.system(), new PoolListener() {});

  @Test
  void aTenantWithoutConnectionsCostsAKilobyteAtMostAndNoThread() throws Exception {
    use(0, 1000);
    int threads = Thread.activeCount();
    long before = usedAfterGc();
    use(1000, 1000 + TENANTS);
    long perTenant = (usedAfterGc() - before) / TENANTS;
    assertEquals(1000 + TENANTS, pool.read(Figures::server).tenants());
    assertTrue(perTenant <= MOST_BYTES, () -> "bytes per tenant: " + perTenant);
    assertTrue(perTenant >= 50, () -> "nothing was measured: " + perTenant);
    assertEquals(threads, Thread.activeCount());
  }

  private void use(int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      pool.borrow(TestRoutes.route("tenant-" + i), server.opener(), null, null).end();
      // As the worker would, which would otherwise keep each closed connection as work to come.
      pool.work();
    }
  }

  private static long usedAfterGc() throws InterruptedException {
    WeakReference<Object> collected = new WeakReference<>(new Object());
    for (int i = 0; i < 50 && collected.get() != null; i++) {
      System.gc();
    }
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
