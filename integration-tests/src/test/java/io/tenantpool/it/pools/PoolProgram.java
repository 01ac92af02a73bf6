package io.tenantpool.it.pools;

import io.tenantpool.it.cap.CountingSocketFactory;
import io.tenantpool.it.pools.library.PoolAdapter;
import io.tenantpool.it.pools.library.PoolSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * An application with one pool for each tenant, which knows nothing of the agent. It does the first
 * half of its units of work with pools in autocommit mode, the second half with others. Arguments:
 * the adapter's class, URL with {@code %s} for the database, user, password, threads, units,
 * connections that each pool opens ahead, the most that it may have, statements that each caches,
 * milliseconds that a checkout waits, databases.
 */
final class PoolProgram {

  /** A property: how many connections of the first pool are held at once before all else. */
  static final String HELD_AT_ONCE = "io.tenantpool.it.heldAtOnce";

  private static final int FIRST_DATABASE = 10;

  private final PoolAdapter library;
  private final String[] arguments;
  private final List<String> databases;
  private final int units;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final Set<String> tenants = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();

  private PoolProgram(String[] arguments) throws ReflectiveOperationException {
    this.arguments = arguments;
    this.library = PoolAdapter.named(arguments[0]);
    this.databases = List.of(arguments).subList(FIRST_DATABASE, arguments.length);
    this.units = Integer.parseInt(arguments[5]);
  }

  public static void main(String[] arguments) throws Exception {
    new PoolProgram(arguments).run();
    System.out.println("agent " + AgentSays.inThisJvm());
    // Some pools have threads that would keep the JVM for a while.
    System.exit(0);
  }

  private void run() throws SQLException, InterruptedException {
    System.out.println("running");
    long start = System.nanoTime();
    int connections = round(true, units / 2) + round(false, units);
    System.out.println("millis " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    System.out.println("connections " + connections / 2);
    System.out.println("peak " + CountingSocketFactory.PEAK);
    System.out.println("sockets " + CountingSocketFactory.CREATED);
    System.out.println("units " + done);
    System.out.println("tenants " + tenants.size());
    System.out.println("failures " + failures);
  }

  /** Does units until the one with the number {@code end}; says how many connections there were. */
  private int round(boolean autoCommit, int end) throws SQLException, InterruptedException {
    List<DataSource> pools = new ArrayList<>();
    for (String database : databases) {
      pools.add(library.open(settings(database, autoCommit)));
    }
    hold(pools.get(0), Integer.getInteger(HELD_AT_ONCE, 0));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[4]); i++) {
      Thread thread = new Thread(() -> work(pools, autoCommit, end), "worker-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    next.set(end);
    int connections = 0;
    for (DataSource pool : pools) {
      connections += library.connections(pool);
      library.close(pool);
    }
    return connections;
  }

  /**
   * So many threads have a connection each, and give none back before all have theirs. They come
   * one after the other: of many who come at once HikariCP 7.1 forgets one now and then until a
   * connection comes back, with or without the agent, when opening costs less than a millisecond.
   */
  private void hold(DataSource pool, int wanted) throws InterruptedException {
    CountDownLatch all = new CountDownLatch(wanted);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      Thread thread = new Thread(() -> hold(pool, all), "holder-" + i);
      thread.start();
      threads.add(thread);
      while (thread.isAlive() && all.getCount() >= wanted - i) {
        thread.join(1);
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void hold(DataSource pool, CountDownLatch all) {
    try (Connection connection = pool.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT 1");
        all.countDown();
        if (!all.await(20, TimeUnit.SECONDS)) {
          throw new SQLException(all.getCount() + " could not be had at once");
        }
      } finally {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException e) {
      failures.computeIfAbsent(String.valueOf(e), any -> new AtomicInteger()).incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PoolSettings settings(String database, boolean autoCommit) {
    return new PoolSettings(
        database,
        String.format(arguments[1], database),
        arguments[2],
        arguments[3],
        Integer.parseInt(arguments[6]),
        Integer.parseInt(arguments[7]),
        autoCommit,
        Integer.parseInt(arguments[8]),
        Long.parseLong(arguments[9]));
  }

  private void work(List<DataSource> pools, boolean autoCommit, int end) {
    for (int number = next.getAndIncrement(); number < end; number = next.getAndIncrement()) {
      Unit unit = Unit.of(number, databases.size());
      String tenant = databases.get(unit.tenant());
      try {
        new UnitOfWork(
                pools.get(unit.tenant()),
                tenant,
                unit,
                autoCommit,
                library.setsAutoCommit(),
                library.rollsBackOnReturn(autoCommit))
            .run();
        done.incrementAndGet();
        tenants.add(tenant);
      } catch (SQLException | RuntimeException e) {
        failed(unit, e);
      }
    }
  }

  private void failed(Unit unit, Exception e) {
    String what = unit.kind() + " " + String.valueOf(e).replaceAll("\\s*\\R\\s*", " | ");
    if (failures.computeIfAbsent(what, text -> new AtomicInteger()).incrementAndGet() == 1) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      System.err.println(trace);
    }
  }
}
