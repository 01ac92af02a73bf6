package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.config.Settings;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import io.tenantpool.upkeep.AgentThreads;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import io.tenantpool.upkeep.Upkeep;
import java.io.IOException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The pool's threads go on, its permits come back and its end comes, whatever is thrown or held.
 */
class PoolThreadsTest {

  private static final String SERVER = "db:5432";
  private static final String HOUSEKEEPER = "tenant-pool-housekeeper";
  private static final String RESET = "tenant-pool-reset " + SERVER;

  private final StubServer server = new StubServer();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Faults faults = Upkeep.faults(told);
  private final AgentThreads threads = Upkeep.threads(faults);
  private final CountDownLatch released = new CountDownLatch(1);

  private final PoolListener listener =
      new PoolListener() {
        @Override
        public Faults faults() {
          return faults;
        }
      };

  /** The JVM's clock, but for what a test has it throw, or wait for. */
  private static class BrokenClock implements Ticker {

    private final Ticker system = Ticker.system();
    volatile Runnable onNanos = () -> {};

    @Override
    public long nanos() {
      onNanos.run();
      return system.nanos();
    }

    @Override
    public long epochMillis() {
      return system.epochMillis();
    }

    @Override
    public void park(Object blocker, long nanos) {
      system.park(blocker, nanos);
    }

    @Override
    public void unpark(Thread thread) {
      system.unpark(thread);
    }
  }

  private final BrokenClock clock = new BrokenClock();

  @AfterEach
  void letGo() {
    released.countDown();
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable any) throws T {
    throw (T) any;
  }

  private static List<Throwable> anything() {
    return List.of(
        new IOException("checked, and undeclared"),
        new IllegalStateException(),
        new OutOfMemoryError(),
        new StackOverflowError(),
        new ThreadDeath(),
        new Throwable("bare"));
  }

  private ServerPool pool() {
    return new ServerPool(SERVER, TestLimits.of(2, 0, 2), clock, listener);
  }

  /**
   * As the worker's thread and the housekeeper's: whatever a round throws, there is another one.
   */
  private static int workedOff(ServerPool pool) {
    int thrown = 0;
    for (boolean again = true; again; ) {
      try {
        pool.recovery().run();
        again = pool.work();
      } catch (Throwable any) {
        thrown++;
        assertTrue(thrown < 100, "no end");
      }
    }
    return thrown;
  }

  private void assertNothingLost(ServerPool pool, Object context) {
    pool.operations().evictIdle();
    workedOff(pool);
    assertEquals(0, pool.read(Figures::server).open(), context::toString);
    assertEquals(0, server.sockets.get(), context::toString);
  }

  @Test
  void whateverADriverThrowsFromAResetItsPermitComesBack() throws Exception {
    for (Throwable any : anything()) {
      ServerPool pool = pool();
      PooledLease lease = pool.borrow(TestRoutes.route("a"), server.opener(), null, null);
      server.onReset = () -> PoolThreadsTest.<RuntimeException>sneak(any);
      lease.end();
      workedOff(pool);
      assertEquals(0, pool.read(Figures::server).open(), any::toString);
      server.onReset = () -> {};
      assertNothingLost(pool, any);
    }
    assertTrue(told.contains("a reset failed; its connection is closed"), told::toString);
  }

  @Test
  void whateverADriverThrowsFromACloseItsPermitComesBack() throws Exception {
    for (Throwable any : anything()) {
      ServerPool pool = pool();
      pool.borrow(TestRoutes.route("a"), server.opener(), null, null).end();
      workedOff(pool);
      server.onClose = () -> PoolThreadsTest.<RuntimeException>sneak(any);
      pool.operations().evictIdle();
      workedOff(pool);
      assertEquals(0, pool.read(Figures::server).open(), any::toString);
      server.onClose = () -> {};
    }
    assertTrue(told.contains("a close failed; the connection counts as closed"), told::toString);
  }

  @Test
  void aListenerThatFailsIsSaid() throws Exception {
    PoolListener failing =
        new PoolListener() {
          @Override
          public Faults faults() {
            return faults;
          }

          @Override
          public void opened(String name, String tenant, long id, long nanos) {
            throw new StackOverflowError("on purpose");
          }
        };
    ServerPool pool = new ServerPool(SERVER, TestLimits.of(2, 0, 2), clock, failing);
    pool.borrow(TestRoutes.route("a"), server.opener(), null, null).end();
    assertEquals(List.of("a listener of the pool failed; the pool goes on"), told);
    assertNothingLost(pool, told);
  }

  @Test
  void aSecondLookThatFailsIsSaidAndTheNextOneFollows() {
    Housekeeper housekeeper = new Housekeeper(List.of(), threads);
    housekeeper.lookAgain(() -> PoolThreadsTest.<RuntimeException>sneak(new IOException()));
    housekeeper.lookAgain(() -> told.add("the next one"));
    housekeeper.lookAgainNow();
    housekeeper.lookAgainNow();
    assertEquals(List.of("a second look failed", "the next one"), told);
  }

  /** The clock stands for all that may be thrown between two steps, such as for want of memory. */
  @Test
  void anErrorBetweenAnyTwoStepsOfTheWorkerCostsNoPermit() throws Exception {
    int failedAt = 0;
    for (int step = 1; step <= 12; step++) {
      ServerPool pool = pool();
      pool.borrow(TestRoutes.route("a"), server.opener(), null, null).end();
      int[] left = {step};
      clock.onNanos =
          () -> {
            if (--left[0] == 0) {
              throw new OutOfMemoryError("on purpose");
            }
          };
      failedAt += workedOff(pool);
      pool.operations().evictIdle();
      failedAt += workedOff(pool);
      clock.onNanos = () -> {};
      assertNothingLost(pool, step);
    }
    assertTrue(failedAt >= 3, "the steps were met: " + failedAt);
  }

  private PoolManager manager(RuntimeSettings settings) {
    return new PoolManager(settings, clock, listener, threads);
  }

  private static RuntimeSettings settings() {
    return new RuntimeSettings(
        Settings.of("max-connections=4,reserved-connections=0,max-idle-time=1s"));
  }

  private static void await(BooleanSupplier condition, Object what) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, what::toString);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aHousekeeperOfWhomEveryRoundFailsForAWhileClosesWhatIsIdleAfterwards() throws Exception {
    try (PoolManager manager = manager(settings())) {
      clock.onNanos =
          () -> {
            if (Thread.currentThread().getName().equals(HOUSEKEEPER)) {
              throw new OutOfMemoryError("on purpose");
            }
          };
      manager.start();
      manager.borrow(TestRoutes.route("a"), server.opener()).end();
      await(() -> faults.count(FaultKind.POOL) >= 2, "rounds that fail");
      assertEquals(1, server.sockets.get());
      clock.onNanos = () -> {};
      await(() -> server.sockets.get() == 0, "idle, and open for ever");
      assertEquals("a server was not looked after; it is tried again", told.get(0));
    }
  }

  @Test
  void aResetThreadGoesOnWhateverItsDriverThrows() throws Exception {
    try (PoolManager manager = manager(settings())) {
      manager.start();
      for (Throwable any : anything()) {
        CountDownLatch thrown = new CountDownLatch(1);
        server.onReset =
            () -> {
              thrown.countDown();
              PoolThreadsTest.<RuntimeException>sneak(any);
            };
        manager.borrow(TestRoutes.route("a"), server.opener()).end();
        assertTrue(thrown.await(20, TimeUnit.SECONDS), any::toString);
        await(() -> server.sockets.get() == 0, any);
      }
    }
  }

  @Test
  void threadsThatDieAreReplaced() throws Exception {
    assumeTrue(Runtime.version().feature() < 20, "Thread.stop ends no thread any more");
    try (PoolManager manager = manager(settings())) {
      manager.start();
      manager.borrow(TestRoutes.route("a"), server.opener()).end();
      await(() -> !ofName(RESET).isEmpty(), "a reset thread");
      Thread before = ofName(RESET).get(0);
      kill(before);
      CountDownLatch reset = new CountDownLatch(1);
      server.onReset = reset::countDown;
      await(() -> ofName(RESET).stream().anyMatch(t -> t != before), "another reset thread");
      manager.borrow(TestRoutes.route("a"), server.opener()).end();
      assertTrue(reset.await(20, TimeUnit.SECONDS));
      // The reset thread is the one that looks after the housekeeper.
      List<Thread> housekeepers = ofName(HOUSEKEEPER);
      housekeepers.forEach(PoolThreadsTest::kill);
      await(
          () -> {
            use(manager);
            return ofName(HOUSEKEEPER).stream().anyMatch(t -> !housekeepers.contains(t));
          },
          "another housekeeper");
      assertTrue(told.contains("a thread died and is replaced"), told::toString);
    }
  }

  @Test
  void serversThatRefuseLeaveNoThread() throws Exception {
    try (PoolManager manager = manager(settings())) {
      manager.start();
      server.onOpen =
          () -> {
            throw new SQLException("refused", "08001");
          };
      for (int i = 0; i < 50; i++) {
        Route.Pooled route =
            new Route.Pooled("gone" + i + ":5432", "a", TestRoutes.route("a").key(), false, false);
        assertThrows(SQLException.class, () -> manager.borrow(route, server.opener()));
      }
      server.onOpen = () -> {};
      CountDownLatch reset = new CountDownLatch(1);
      server.onReset = reset::countDown;
      manager.borrow(TestRoutes.route("a"), server.opener()).end();
      // The housekeeper has looked at all of them by then.
      assertTrue(reset.await(20, TimeUnit.SECONDS));
      long threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("tenant-pool-reset gone"))
              .count();
      assertTrue(threads < 10, threads + " threads");
    }
  }

  private void use(PoolManager manager) {
    try {
      manager.borrow(TestRoutes.route("a"), server.opener()).end();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Thread> ofName(String name) {
    List<Thread> found = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(name) && thread.isAlive()) {
        found.add(thread);
      }
    }
    return found;
  }

  private static void kill(Thread thread) {
    try {
      Method stop = Thread.class.getMethod("stop");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (thread.isAlive() && System.nanoTime() < end) {
        stop.invoke(thread);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    assertFalse(thread.isAlive());
  }

  @Test
  void theEndComesThoughSomebodyHoldsALockForEver() throws Exception {
    RuntimeSettings settings = settings();
    PoolManager manager = manager(settings);
    manager.borrow(TestRoutes.route("a"), server.opener()).end();
    CountDownLatch held = new CountDownLatch(1);
    clock.onNanos =
        () -> {
          if (Thread.currentThread().getName().equals("holder")) {
            held.countDown();
            released();
          }
        };
    Thread holder = new Thread(() -> settings.change("max-idle-time", "2s"), "holder");
    holder.setDaemon(true);
    holder.start();
    assertTrue(held.await(20, TimeUnit.SECONDS));
    assertClosesInTime(manager);
    assertEquals(1, server.sockets.get(), "nobody could close it");
    released.countDown();
    await(() -> server.sockets.get() == 0, "closed as soon as the lock was free");
  }

  @Test
  void theEndComesThoughTheServerIsSilent() throws Exception {
    PoolManager manager = manager(settings());
    manager.borrow(TestRoutes.route("a"), server.opener()).end();
    server.onClose = this::released;
    assertClosesInTime(manager);
  }

  private void released() {
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertClosesInTime(PoolManager manager) {
    long start = System.nanoTime();
    manager.close();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertTrue(millis < 10_000, millis + " ms");
  }
}
