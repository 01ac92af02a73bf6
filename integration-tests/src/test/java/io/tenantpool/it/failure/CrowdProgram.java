package io.tenantpool.it.failure;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An application with many threads that all begin at once. Knows nothing of the agent. Arguments:
 * URL with {@code %s} for the database, threads, seconds, databases. Ends when it is told to.
 */
final class CrowdProgram {

  private CrowdProgram() {}

  public static void main(String[] arguments) throws InterruptedException, IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[2]));
    List<String> databases = List.of(arguments).subList(3, arguments.length);
    AtomicLong units = new AtomicLong();
    ConcurrentHashMap<String, AtomicLong> failures = new ConcurrentHashMap<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      SplittableRandom random = new SplittableRandom(i);
      threads.add(
          new Thread(
              () -> {
                do {
                  String database = databases.get(random.nextInt(databases.size()));
                  try {
                    unit(String.format(arguments[0], database), database);
                    units.incrementAndGet();
                  } catch (SQLException | RuntimeException e) {
                    failures
                        .computeIfAbsent(String.valueOf(e), text -> new AtomicLong())
                        .incrementAndGet();
                  }
                } while (System.nanoTime() < end);
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("units " + units);
    System.out.println("failures " + failures);
    // Whoever reads the log may not be through with it.
    System.in.read();
  }

  private static void unit(String url, String database) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      String answer = Seen.ask(connection, "SELECT current_database() FROM pg_sleep(0.002)");
      if (!database.equals(answer)) {
        throw new IllegalStateException("wanted " + database + ", got " + answer);
      }
    }
  }
}
