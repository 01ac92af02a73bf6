package io.tenantpool.it.failure;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * An application whose threads work for many tenants, by turns alone and beside others that ask for
 * a database which is gone, again and again and without a pause. Knows nothing of the agent but its
 * MBean. Prints the percentiles of both kinds of turns in microseconds, how many connects failed,
 * and for how long somebody asked. Arguments: URL with {@code %s} for the database, then the
 * databases.
 */
final class BrokenTenantProgram {

  private static final int ROUNDS = 4;
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
  private static final int WELL_THREADS = 4;
  private static final int ASKING_THREADS = 8;

  private final String url;
  private final List<String> databases;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger unexpected = new AtomicInteger();

  private BrokenTenantProgram(String url, List<String> databases) {
    this.url = url;
    this.databases = databases;
  }

  public static void main(String[] arguments) throws InterruptedException, JMException {
    new BrokenTenantProgram(arguments[0], List.of(arguments).subList(1, arguments.length)).run();
  }

  private void run() throws InterruptedException, JMException {
    round(false);
    List<Long> alone = new ArrayList<>();
    List<Long> beside = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      alone.add(round(false));
      beside.add(round(true));
    }
    System.out.printf(
        Locale.ROOT,
        "alone %d beside %d refused %d unexpected %d connects %d millis %d%n",
        middle(alone),
        middle(beside),
        failures.get(),
        unexpected.get(),
        failedConnects(),
        TimeUnit.NANOSECONDS.toMillis(ROUNDS * ROUND_NANOS));
  }

  private static long middle(List<Long> figures) {
    return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElse(0L);
  }

  /** The 99th percentile of a unit of work, in microseconds. */
  private long round(boolean withBroken) throws InterruptedException {
    long end = System.nanoTime() + ROUND_NANOS;
    List<long[]> times = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < WELL_THREADS; i++) {
      SplittableRandom random = new SplittableRandom(i);
      threads.add(
          new Thread(
              () -> {
                long[] own = work(random, end);
                synchronized (times) {
                  times.add(own);
                }
              }));
    }
    for (int i = 0; withBroken && i < ASKING_THREADS; i++) {
      threads.add(new Thread(() -> ask(end)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    long[] all = times.stream().flatMapToLong(LongStream::of).sorted().toArray();
    return all.length == 0 ? 0 : all[all.length * 99 / 100];
  }

  private long[] work(SplittableRandom random, long end) {
    LongStream.Builder times = LongStream.builder();
    for (long began = System.nanoTime(); began < end; began = System.nanoTime()) {
      try {
        unit(databases.get(random.nextInt(databases.size())));
      } catch (SQLException e) {
        unexpected.incrementAndGet();
      }
      times.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
    }
    return times.build().toArray();
  }

  private void ask(long end) {
    while (System.nanoTime() < end) {
      try {
        unit("a_database_that_is_gone");
        unexpected.incrementAndGet();
      } catch (SQLException e) {
        boolean right = "3D000".equals(e.getSQLState());
        (right ? failures : unexpected).incrementAndGet();
      }
    }
  }

  private void unit(String database) throws SQLException {
    try (Connection connection = DriverManager.getConnection(String.format(url, database))) {
      Seen.ask(connection, "SELECT 1");
    }
  }

  private static long failedConnects() throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    long failed = 0;
    for (ObjectName server :
        beans.queryNames(new ObjectName("io.tenantpool:type=Server,*"), null)) {
      failed += ((Number) beans.getAttribute(server, "OpenFailures")).longValue();
    }
    return failed;
  }
}
