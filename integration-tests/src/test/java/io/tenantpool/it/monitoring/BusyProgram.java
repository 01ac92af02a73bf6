package io.tenantpool.it.monitoring;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.jdbc.PgConnection;

/**
 * Tenants' work for a picture: few threads at first, many for a while, few again. Some tenants are
 * asked far more often than others; some calls keep their connection from being shared. Arguments:
 * seconds, URLs.
 */
final class BusyProgram {

  private static final int FEW = 5;
  private static final int MANY = 26;

  private final String[] urls;

  private BusyProgram(String[] urls) {
    this.urls = urls;
  }

  public static void main(String[] arguments) throws InterruptedException {
    long nanos = TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[0]));
    String[] urls = new String[arguments.length - 1];
    System.arraycopy(arguments, 1, urls, 0, urls.length);
    BusyProgram program = new BusyProgram(urls);
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      boolean rush = i >= FEW;
      long begin = rush ? start + nanos / 3 + i * nanos / 200 : start;
      long end = rush ? start + nanos * 2 / 3 : start + nanos;
      Random random = new Random(i);
      Thread thread = new Thread(() -> program.work(begin, end, random), "worker-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("done");
  }

  private void work(long begin, long end, Random random) {
    while (System.nanoTime() < begin) {
      LockSupport.parkNanos(begin - System.nanoTime());
    }
    while (System.nanoTime() < end) {
      double skewed = random.nextDouble() * random.nextDouble();
      try {
        once(urls[(int) (skewed * urls.length)], random);
      } catch (SQLException refused) {
        // The dashboard counts it.
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30 + random.nextInt(170)));
    }
  }

  private static void once(String url, Random random) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_sleep(" + (20 + random.nextInt(230)) / 1000.0 + ")");
      if (random.nextInt(40) == 0) {
        connection.unwrap(PgConnection.class).getCopyAPI();
      }
    }
  }
}
