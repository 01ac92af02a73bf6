package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.Settings;
import io.tenantpool.connection.Lease;
import io.tenantpool.routing.TestRoutes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Borrows and returns at every depth of a stack that is used up: many of them end in an error, and
 * none costs a permit, a socket or a lock.
 */
class ShortStackTest {

  private static final int BUDGET = 6;
  private static final int SWEEPS = 6;
  private static final long STACK_BYTES = 512 << 10;

  private final StubServer server = new StubServer();
  private final PoolManager pool =
      new PoolManager(
          Settings.of(
              "max-connections="
                  + BUDGET
                  + ",reserved-connections=0,max-connections-per-tenant=1,acquire-timeout=250ms"),
          Ticker.system(),
          new PoolListener() {});

  private int overflows;
  private int worked;
  private int refused;
  private boolean done;

  @Test
  void noDepthOfAStackCostsAnything() throws Exception {
    pool.start();
    for (int i = 0; i < 2_000; i++) {
      // Classes are to be there, and some of it compiled.
      work(i % BUDGET);
    }
    worked = 0;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      done = false;
      int tenant = sweep % BUDGET;
      Thread diver = new Thread(null, () -> dive(tenant), "diver", STACK_BYTES);
      diver.start();
      diver.join(TimeUnit.SECONDS.toMillis(60));
      assertFalse(diver.isAlive(), "hangs");
    }
    assertTrue(overflows >= SWEEPS, "stacks that were too short: " + overflows);
    // What is left to the housekeeper may cost a sweep, but not the next one.
    assertTrue(worked >= SWEEPS / 2, "borrows: " + worked + ", refused: " + refused);
    assertEquals(BUDGET, heldInTheEnd(), "connections that can be held at once");
    pool.close();
  }

  @SuppressWarnings("InfiniteRecursion") // Until the stack ends.
  private void dive(int tenant) {
    try {
      dive(tenant);
    } catch (StackOverflowError bottom) {
      overflows++;
    }
    if (!done) {
      try {
        work(tenant);
        done = true;
      } catch (StackOverflowError e) {
        overflows++;
      } catch (SQLException e) {
        // A permit may be on its way back.
        refused++;
      }
    }
  }

  /** As a logical connection does it. */
  private void work(int tenant) throws SQLException {
    PooledLease lease = (PooledLease) pool.borrow(TestRoutes.route("t" + tenant), server.opener());
    boolean ended = false;
    try {
      lease.end();
      ended = true;
    } finally {
      if (!ended) {
        lease.isOver = true;
        lease.custody.isLeft = true;
      }
    }
    worked++;
  }

  /** The housekeeper gives up what was left within a tenth of a second. */
  private int heldInTheEnd() {
    int most = 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (most < BUDGET && System.nanoTime() - end < 0) {
      List<Lease> held = new ArrayList<>();
      try {
        for (int tenant = 0; tenant < BUDGET; tenant++) {
          held.add(pool.borrow(TestRoutes.route("t" + tenant), server.opener()));
        }
      } catch (SQLException e) {
        LockSupport.parkNanos(10_000_000);
      }
      most = Math.max(most, held.size());
      held.forEach(Lease::end);
    }
    return most;
  }
}
