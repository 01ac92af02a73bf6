package io.tenantpool.it.cap;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;

/**
 * An application that behaves badly on many tenants at once, and knows nothing of the agent:
 * sessions that are killed, transactions and temporary tables left behind, driver objects
 * unwrapped, connections inside connections, databases that do not exist. Arguments: URL with
 * {@code %s} for the database, threads, seconds, databases.
 */
final class CapProgram {

  private static final AtomicLong UNITS = new AtomicLong();
  private static final AtomicLong EXPECTED = new AtomicLong();
  private static final ConcurrentHashMap<String, AtomicLong> FAILURES = new ConcurrentHashMap<>();
  private static final ConcurrentHashMap<String, Boolean> TENANTS = new ConcurrentHashMap<>();

  private CapProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    int threads = Integer.parseInt(arguments[1]);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[2]));
    List<String> databases = List.of(arguments).subList(3, arguments.length);
    System.out.println("running");
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      SplittableRandom random = new SplittableRandom(i);
      Thread worker = new Thread(() -> work(arguments[0], databases, random, end));
      workers.add(worker);
      worker.start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
    System.out.println("peak " + CountingSocketFactory.PEAK);
    System.out.println("sockets " + CountingSocketFactory.CREATED);
    System.out.println("units " + UNITS);
    System.out.println("expected failures " + EXPECTED);
    System.out.println("tenants " + TENANTS.size());
    System.out.println("failures " + FAILURES);
  }

  private static void work(String url, List<String> databases, SplittableRandom random, long end) {
    while (System.nanoTime() < end) {
      String database =
          databases.get((int) (databases.size() * Math.pow(random.nextDouble(), 1.5)));
      try {
        unit(url, database, random, 0);
        UNITS.incrementAndGet();
        TENANTS.put(database, true);
      } catch (Expected e) {
        EXPECTED.incrementAndGet();
      } catch (SQLException | RuntimeException e) {
        FAILURES.computeIfAbsent(String.valueOf(e), text -> new AtomicLong()).incrementAndGet();
      }
    }
  }

  /** A failure that the program brought upon itself. */
  private static final class Expected extends Exception {
    private static final long serialVersionUID = 1;
  }

  @SuppressWarnings("try")
  private static void unit(String url, String database, SplittableRandom random, int depth)
      throws SQLException, Expected {
    if (random.nextInt(200) == 0) {
      refusedDatabase(url);
    }
    try (Connection connection = DriverManager.getConnection(String.format(url, database));
        Statement statement = connection.createStatement()) {
      String sql =
          "SELECT current_database() || ' ' || coalesce(to_regclass('pg_temp.left_behind')::text, '0')"
              + " || ' ' || current_setting('work_mem')";
      try (ResultSet result = statement.executeQuery(sql)) {
        result.next();
        String fresh = database + " 0 4MB";
        if (!fresh.equals(result.getString(1))) {
          throw new IllegalStateException("wanted " + fresh + ", got " + result.getString(1));
        }
      }
      misbehave(connection, statement, random.nextInt(50));
      if (depth == 0 && random.nextInt(30) == 0) {
        unit(url, database, random, 1);
      }
    }
  }

  private static void refusedDatabase(String url) throws Expected {
    try (Connection connection =
        DriverManager.getConnection(String.format(url, "no_such_database"))) {
      throw new IllegalStateException("connected to " + connection.getCatalog());
    } catch (SQLException e) {
      if (!"3D000".equals(e.getSQLState())) {
        throw new IllegalStateException(e);
      }
      throw new Expected();
    }
  }

  private static void misbehave(Connection connection, Statement statement, int dice)
      throws SQLException, Expected {
    switch (dice) {
      case 0 -> {
        try {
          statement.execute("SELECT pg_terminate_backend(pg_backend_pid())");
        } catch (SQLException killed) {
          throw new Expected();
        }
      }
      case 1 -> connection.unwrap(PGConnection.class).getCopyAPI();
      case 2 -> {
        connection.setAutoCommit(false);
        statement.execute("CREATE TEMP TABLE left_behind (id int)");
      }
      case 3, 4, 5 -> statement.execute("SET work_mem = '5MB'");
      case 6 -> statement.execute("CREATE TEMP TABLE left_behind (id int)");
      case 7 -> statement.execute("SELECT pg_sleep(0.02)");
      default -> statement.execute("SELECT 1");
    }
  }
}
