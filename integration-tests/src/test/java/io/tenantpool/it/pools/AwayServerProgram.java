package io.tenantpool.it.pools;

import io.tenantpool.it.pools.library.PoolAdapter;
import io.tenantpool.it.pools.library.PoolSettings;
import io.tenantpool.it.support.FaultProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * An application with a pool of each library, three threads and a health check on each, whose
 * server is away for some seconds. Knows nothing of the agent. Prints a line for each library: its
 * name, how many units of work failed, and what the health check said before, meanwhile and after.
 * Arguments: host, port, database, user, password, and for each library a name and its adapter's
 * class.
 */
final class AwayServerProgram {

  private static final int THREADS = 3;
  private static final int FIRST_LIBRARY = 5;
  private static final long BEFORE_MILLIS = 1_500;
  private static final long AWAY_MILLIS = 4_000;
  private static final long AFTER_MILLIS = 20_000;
  private static final long PAUSE_MILLIS = 20;

  /** Longer than the server is away. */
  private static final long PATIENCE_MILLIS = 25_000;

  private static final long HEALTH_CHECK_MILLIS = 1_000;

  private static volatile boolean over;

  private AwayServerProgram() {}

  public static void main(String[] arguments) throws Exception {
    try (FaultProxy server = FaultProxy.before(arguments[0], Integer.parseInt(arguments[1]))) {
      String url = server.url(arguments[2]);
      List<Load> loads = new ArrayList<>();
      for (int i = FIRST_LIBRARY; i < arguments.length; i += 2) {
        PoolAdapter library = PoolAdapter.named(arguments[i + 1]);
        loads.add(new Load(arguments[i], library, url, arguments[3], arguments[4]));
      }
      loads.forEach(Load::begin);
      pause(BEFORE_MILLIS);
      loads.forEach(load -> load.checkUntil("up", 0));
      server.whenTheServerIsAway();
      pause(AWAY_MILLIS / 2);
      inParallel(loads, load -> load.checkUntil("down", AWAY_MILLIS / 2));
      server.whenAllIsWell();
      inParallel(loads, load -> load.checkUntil("up", AFTER_MILLIS));
      inParallel(loads, Load::workOn);
      over = true;
      loads.forEach(load -> System.out.println("pool " + load));
    }
    System.out.println("agent " + AgentSays.inThisJvm());
    System.exit(0);
  }

  private interface Step {
    void take(Load load);
  }

  private static void inParallel(List<Load> loads, Step step) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (Load load : loads) {
      Thread thread = new Thread(() -> step.take(load), "step of " + load.name);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** What is done with one library. */
  private static final class Load {

    private final String name;
    private final DataSource pool;
    private final DataSource watched;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final StringBuilder health = new StringBuilder();

    Load(String name, PoolAdapter library, String url, String user, String password)
        throws SQLException {
      this.name = name;
      PoolSettings settings =
          new PoolSettings(name, url, user, password, 0, THREADS, true, 0, PATIENCE_MILLIS);
      pool = library.openTesting(settings);
      watched = library.openTesting(settings.limitedTo(1, HEALTH_CHECK_MILLIS));
    }

    void begin() {
      for (int i = 0; i < THREADS; i++) {
        Thread thread = new Thread(this::work, name + "-" + i);
        thread.setDaemon(true);
        thread.start();
      }
    }

    private void work() {
      while (!over) {
        try (Connection connection = pool.getConnection()) {
          PoolScene.ask(connection, "SELECT 1");
          done.incrementAndGet();
        } catch (SQLException | RuntimeException e) {
          failed.incrementAndGet();
        }
        pause(PAUSE_MILLIS);
      }
    }

    /** Asks the health check until it says so, once at least. */
    void checkUntil(String wanted, long millis) {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      String seen = check();
      while (!seen.equals(wanted) && System.nanoTime() - end < 0) {
        pause(PAUSE_MILLIS);
        seen = check();
      }
      health.append(' ').append(seen);
    }

    private String check() {
      try (Connection connection = watched.getConnection()) {
        return connection.isValid(2) ? "up" : "down";
      } catch (SQLException | RuntimeException e) {
        return "down";
      }
    }

    /** Until each thread has done something again. */
    void workOn() {
      int enough = done.get() + 3 * THREADS;
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AFTER_MILLIS);
      while (done.get() < enough && System.nanoTime() - end < 0) {
        pause(PAUSE_MILLIS);
      }
      if (done.get() < enough) {
        health.append(" but no work is done");
      }
    }

    @Override
    public String toString() {
      return name + " " + failed + health;
    }
  }
}
