package io.tenantpool.performance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * An application with a HikariCP for each tenant: one with forty threads, the others with one each,
 * which come and go. A command is how many of these others there are, how many milliseconds it
 * takes, and how many milliseconds the server sleeps in a unit of work; the answer is the units of
 * work per second of the first one, the 99th percentile of the others' {@code getConnection} and
 * first query in milliseconds, Jain's index of their units, how many units failed, and the others'
 * units per second. Arguments: the size of the first one's pool, the URLs.
 */
final class SharingApplication {

  private static final int THREADS = 40;
  private static final int SIZE_OF_OTHERS = 25;

  private SharingApplication() {}

  public static void main(String[] args) {
    List<HikariDataSource> pools = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(args[i]);
      config.setMaximumPoolSize(i == 1 ? Integer.parseInt(args[0]) : SIZE_OF_OTHERS);
      config.setMinimumIdle(0);
      config.setInitializationFailTimeout(-1);
      pools.add(new HikariDataSource(config));
    }
    Scanner in = new Scanner(System.in);
    while (in.hasNextInt()) {
      System.out.println(turn(pools, in.nextInt(), in.nextLong(), in.nextInt()));
    }
    pools.forEach(HikariDataSource::close);
  }

  private static String turn(
      List<HikariDataSource> pools, int others, long millis, int sleepMillis) {
    String query = "SELECT pg_sleep(" + sleepMillis / 1e3 + ")";
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong units = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    AtomicLong[] ofOthers = new AtomicLong[others];
    List<Long> waits = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(new Thread(() -> work(pools.get(0), query, over, units, failed, null, 0)));
    }
    for (int i = 0; i < others; i++) {
      AtomicLong own = new AtomicLong();
      ofOthers[i] = own;
      HikariDataSource pool = pools.get(1 + i);
      // Each comes about ten times a second.
      threads.add(new Thread(() -> work(pool, query, over, own, failed, waits, 100_000_000)));
    }
    threads.forEach(Thread::start);
    LockSupport.parkNanos(1_000_000 * millis / 4);
    long before = units.get();
    long start = System.nanoTime();
    LockSupport.parkNanos(1_000_000 * millis);
    double perSecond = (units.get() - before) * 1e9 / (System.nanoTime() - start);
    over.set(true);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    waits.sort(null);
    double p99 = waits.isEmpty() ? 0 : waits.get((int) (waits.size() * 0.99)) / 1e6;
    return String.format(
        Locale.ROOT,
        "%.1f %.2f %.4f %d %.1f",
        perSecond,
        p99,
        jain(ofOthers),
        failed.get(),
        Arrays.stream(ofOthers).mapToLong(AtomicLong::get).sum() * 800.0 / millis);
  }

  private static double jain(AtomicLong[] units) {
    double sum = 0;
    double squares = 0;
    for (AtomicLong each : units) {
      sum += each.get();
      squares += (double) each.get() * each.get();
    }
    return squares == 0 ? 1 : sum * sum / (units.length * squares);
  }

  private static void work(
      HikariDataSource pool,
      String query,
      AtomicBoolean over,
      AtomicLong units,
      AtomicLong failed,
      List<Long> waits,
      long pauseNanos) {
    while (!over.get()) {
      long asked = System.nanoTime();
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(query);
        units.incrementAndGet();
        if (waits != null) {
          waits.add(System.nanoTime() - asked);
        }
      } catch (SQLException e) {
        failed.incrementAndGet();
      }
      if (pauseNanos > 0) {
        LockSupport.parkNanos(pauseNanos);
      }
    }
  }
}
