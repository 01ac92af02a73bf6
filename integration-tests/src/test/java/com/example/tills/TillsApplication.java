package com.example.tills;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.dbcp2.BasicDataSource;

/**
 * The application: threads that work for tenants, which get their connections in four ways. Knows
 * no agent. Arguments: a URL with {@code %s} for the database, user, password, threads, databases.
 * It obeys lines on standard input: {@code count}, {@code cancel}, {@code finish}, {@code hold N},
 * {@code end}.
 */
public final class TillsApplication {

  private static final int FIRST_DATABASE = 4;
  private static final int WAYS = 4;
  private static final int POOL_SIZE = 3;
  private static final long PATIENCE_MILLIS = 2_000;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final long LAST_MILLIS = 20_000;

  private static final AtomicLong UNITS = new AtomicLong();
  private static final AtomicLong FAILED = new AtomicLong();
  private static final AtomicLong WRONG = new AtomicLong();
  private static final List<Thread> WORKERS = new ArrayList<>();
  private static final List<Till> TILLS = new ArrayList<>();
  private static volatile boolean over;

  private TillsApplication() {}

  public static void main(String[] arguments) throws Exception {
    DriverManager.setLoginTimeout(0);
    for (int i = FIRST_DATABASE; i < arguments.length; i++) {
      TILLS.add(till(i, arguments[0], arguments[1], arguments[2], arguments[i]));
    }
    for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
      Thread thread = new Thread(TillsApplication::work, "worker-" + i);
      thread.setDaemon(true);
      thread.start();
      WORKERS.add(thread);
    }
    System.out.println("open");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      obey(line);
    }
    System.exit(0);
  }

  private static void obey(String line) throws InterruptedException {
    switch (line) {
      case "count" ->
          System.out.println("counted " + UNITS.get() + " " + FAILED.get() + " " + WRONG.get());
      case "cancel" -> cancelStorm();
      case "finish" -> System.out.println("finished " + finish());
      case "end" -> System.exit(0);
      default -> System.out.println("held " + hold(Integer.parseInt(line.split(" ")[1])));
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // The pools live as long as the application.
  private static Till till(int number, String pattern, String user, String password, String name)
      throws SQLException {
    String url = String.format(pattern, name);
    return switch (number % WAYS) {
      case 0 -> new Till(name, () -> DriverManager.getConnection(url, user, password), true);
      case 1 -> {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(POOL_SIZE);
        config.setIdleTimeout(10_000);
        config.setMaxLifetime(30_000);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setInitializationFailTimeout(-1);
        HikariDataSource pool = new HikariDataSource(config);
        yield new Till(name, pool::getConnection, false);
      }
      case 2 -> {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(url);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaxTotal(POOL_SIZE);
        pool.setTestOnBorrow(true);
        pool.setMaxWait(Duration.ofMillis(PATIENCE_MILLIS));
        pool.setMaxConn(Duration.ofSeconds(30));
        yield new Till(name, pool::getConnection, false);
      }
      default -> {
        AgroalDataSourceConfigurationSupplier configuration =
            new AgroalDataSourceConfigurationSupplier();
        configuration
            .connectionPoolConfiguration()
            .maxSize(POOL_SIZE)
            .validateOnBorrow(true)
            .maxLifetime(Duration.ofSeconds(30))
            .acquisitionTimeout(Duration.ofMillis(PATIENCE_MILLIS))
            .connectionFactoryConfiguration()
            .jdbcUrl(url)
            .principal(new NamePrincipal(user))
            .credential(new SimplePassword(password));
        AgroalDataSource pool = AgroalDataSource.from(configuration);
        yield new Till(name, pool::getConnection, false);
      }
    };
  }

  private static void work() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    while (!over) {
      Till till = TILLS.get(random.nextInt(TILLS.size()));
      try {
        switch (random.nextInt(WAYS)) {
          case 0 -> till.sell();
          case 1 -> till.takeBack();
          default -> {
            if (!till.look(random.nextInt())) {
              WRONG.incrementAndGet();
            }
          }
        }
      } catch (SQLException | RuntimeException e) {
        FAILED.incrementAndGet();
      }
      UNITS.incrementAndGet();
      LockSupport.parkNanos(random.nextLong(2 * PAUSE_NANOS));
    }
  }

  /** Many statements are cancelled while they run, and some when they are over. */
  private static void cancelStorm() {
    for (int i = 0; i < 2 * WAYS; i++) {
      Till till = TILLS.get(ThreadLocalRandom.current().nextInt(TILLS.size()));
      Thread storm =
          new Thread(
              () -> {
                try (Connection connection = till.open();
                    Statement statement = connection.createStatement()) {
                  Thread canceller = new Thread(() -> cancel(statement), "canceller");
                  canceller.setDaemon(true);
                  canceller.start();
                  statement.execute("SELECT pg_sleep(0.2)");
                } catch (SQLException e) {
                  FAILED.incrementAndGet();
                }
              },
              "storm");
      storm.setDaemon(true);
      storm.start();
    }
  }

  private static void cancel(Statement statement) {
    try {
      for (int i = 0; i < WAYS; i++) {
        LockSupport.parkNanos(PAUSE_NANOS);
        statement.cancel();
      }
    } catch (SQLException e) {
      // There is nothing to cancel any more.
      return;
    }
  }

  /** Every worker ends; how many sales are not as they have to be, and how many workers hang. */
  private static String finish() throws InterruptedException {
    over = true;
    long last = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_MILLIS);
    int hanging = 0;
    for (Thread worker : WORKERS) {
      worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(last - System.nanoTime())));
      if (worker.isAlive()) {
        hanging++;
      }
    }
    int differences = 0;
    for (Till till : TILLS) {
      differences += difference(till, last);
    }
    return differences + " " + hanging;
  }

  private static int difference(Till till, long lastNanos) {
    while (true) {
      try {
        return till.difference();
      } catch (SQLException e) {
        // A connection of a pool may still be one that was broken.
        if (System.nanoTime() - lastNanos > 0) {
          return Integer.MAX_VALUE / TILLS.size();
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** How many of so many connections can be held at once, one or two of each tenant. */
  private static int hold(int wanted) throws InterruptedException {
    CountDownLatch all = new CountDownLatch(wanted);
    AtomicInteger held = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      Till till = TILLS.get(i % TILLS.size());
      Thread thread =
          new Thread(
              () -> {
                long last = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_MILLIS);
                while (!hold(till, held, all, last) && System.nanoTime() - last < 0) {
                  LockSupport.parkNanos(PAUSE_NANOS);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return held.get();
  }

  /** False when there is no connection just now, as for a moment after a fault. */
  private static boolean hold(Till till, AtomicInteger held, CountDownLatch all, long last) {
    try (Connection connection = till.open()) {
      if (!connection.isValid(1)) {
        return false;
      }
      held.incrementAndGet();
      all.countDown();
      all.await(last - System.nanoTime(), TimeUnit.NANOSECONDS);
      return true;
    } catch (SQLException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
