package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.config.Settings;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import io.tenantpool.upkeep.Faults;
import io.tenantpool.upkeep.Upkeep;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObservationThreadTest {

  private static final long DEADLINE_SECONDS = 30;

  private final List<String> log = new CopyOnWriteArrayList<>();

  private Observation observation(Settings settings, MBeanServer server) {
    return new Observation(
        new RuntimeSettings(settings),
        "1",
        Upkeep.threads(),
        Ticker.system(),
        () -> server,
        log::add);
  }

  @Test
  void theFirstEventShowsTheManagerInThePlatformsMBeanServerAndCloseTakesItAway() throws Exception {
    MBeanServer platform = ManagementFactory.getPlatformMBeanServer();
    ObjectName manager = new ObjectName(Names.POOL_MANAGER);
    CountDownLatch registered = new CountDownLatch(1);
    platform.addNotificationListener(
        MBeanServerDelegate.DELEGATE_NAME,
        (notification, handback) -> {
          if (platform.isRegistered(manager)) {
            registered.countDown();
          }
        },
        null,
        null);
    Settings settings = Show.settings(true, true, LogLevel.INFO);
    Observation observation = observation(settings, platform);
    observation.start(new PoolManager(settings, Ticker.system(), observation.listener()));
    assertFalse(platform.isRegistered(manager));
    observation.listener().serverAdded(StubPool.SERVER);
    assertTrue(registered.await(DEADLINE_SECONDS, TimeUnit.SECONDS));
    observation.close();
    // It waits for a second at most, and a busy machine takes longer.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (platform.isRegistered(manager) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertFalse(platform.isRegistered(manager));
    assertTrue(log.get(0).contains("tenantpool started version=1"), log.get(0));
    assertTrue(log.get(1).contains("tenantpool server-added"), log.get(1));
  }

  @Test
  void theThreadKeepsNothingOfTheApplication() throws Exception {
    InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
    inherited.set("application");
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    AtomicReference<Thread> thread = new AtomicReference<>();
    AtomicReference<String> seen = new AtomicReference<>("nothing");
    EventQueue queue = new EventQueue();
    CountDownLatch done = new CountDownLatch(1);
    Faults faults = Upkeep.faults(log);
    EventLog events = new EventLog(LogLevel.OFF, LogFormat.TEXT, Ticker.system(), queue, log::add);
    ManualTicker ticker = new ManualTicker();
    Supplier<ObservationDesk.Scene> scene =
        () ->
            new ObservationDesk.Scene(
                new PresenceBook(new StubPool(), Presence.Stage.empty(), ticker), () -> {});
    ObservationDesk desk = new ObservationDesk(queue, events, faults, scene, scene);
    try (URLClassLoader application = new URLClassLoader(new URL[0])) {
      Thread.currentThread().setContextClassLoader(application);
      ObservationThread observer = new ObservationThread(queue, desk, Upkeep.threads());
      observer.start();
      queue.offer(
          () -> {
            thread.set(Thread.currentThread());
            seen.set(inherited.get());
            done.countDown();
          });
      assertTrue(done.await(DEADLINE_SECONDS, TimeUnit.SECONDS));
      Thread observing = Objects.requireNonNull(thread.get());
      assertEquals(ObservationThread.NAME, observing.getName());
      assertTrue(observing.isDaemon());
      assertSame(Observation.class.getClassLoader(), observing.getContextClassLoader());
      assertNull(seen.get());
      observer.close();
      assertFalse(observing.isAlive());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
      inherited.remove();
    }
  }

  @Test
  void closingWritesWhatIsStillQueued() throws Exception {
    MBeanServer server = MBeanServerFactory.newMBeanServer();
    Settings settings = Show.settings(false, false, LogLevel.INFO);
    Observation observation = observation(settings, server);
    observation.start(new PoolManager(settings, Ticker.system(), observation.listener()));
    observation.listener().serverAdded("first:5432");
    observation.listener().serverAdded("second:5432");
    observation.close();
    assertTrue(log.stream().anyMatch(line -> line.contains("second:5432")), log.toString());
  }

  /** Both what a shutdown hook calls, with a report wanted, which asks the pool. */
  @Test
  void theEndComesThoughAServersLockIsHeldForEver(@TempDir Path directory) throws Exception {
    RuntimeSettings settings =
        new RuntimeSettings(
            Settings.of("log-level=info,report-file=" + directory.resolve("report")));
    for (boolean started : new boolean[] {true, false}) {
      MBeanServer mbeans = MBeanServerFactory.newMBeanServer();
      Observation observation =
          new Observation(settings, "1", Upkeep.threads(), Ticker.system(), () -> mbeans, log::add);
      CountDownLatch held = new CountDownLatch(1);
      CountDownLatch released = new CountDownLatch(1);
      Ticker stuck = stuckOf("holder", held, released);
      PoolManager pool = new PoolManager(settings, stuck, observation.listener());
      observation.expect(pool);
      pool.bypassed(StubPool.SERVER, noConnection());
      if (started) {
        observation.start(pool);
      }
      String idle = started ? "6m" : "7m";
      Thread holder = new Thread(() -> settings.change("max-idle-time", idle), "holder");
      holder.setDaemon(true);
      holder.start();
      assertTrue(held.await(DEADLINE_SECONDS, TimeUnit.SECONDS));
      long start = System.nanoTime();
      observation.close();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      released.countDown();
      holder.join(TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
      assertTrue(millis < 10_000, millis + " ms");
    }
  }

  private static Connection noConnection() {
    return (Connection)
        Proxy.newProxyInstance(
            ObservationThreadTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> method.getName().equals("isClosed") ? true : null);
  }

  /** The clock is read under the server's lock when its limits change. */
  private static Ticker stuckOf(String thread, CountDownLatch held, CountDownLatch released) {
    Ticker system = Ticker.system();
    return new Ticker() {
      @Override
      public long nanos() {
        if (Thread.currentThread().getName().equals(thread)) {
          held.countDown();
          try {
            released.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
        return system.nanos();
      }

      @Override
      public long epochMillis() {
        return system.epochMillis();
      }
    };
  }
}
