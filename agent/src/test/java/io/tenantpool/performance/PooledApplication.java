package io.tenantpool.performance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * An application with one HikariCP. A command is the name of a work, threads, milliseconds; the
 * answer is the nanoseconds that each doing of the work took, over all threads. Argument: the URL.
 */
final class PooledApplication {

  private static final int MOST_BETWEEN_LOOKS_AT_THE_CLOCK = 1000;

  private final HikariDataSource pool;

  private PooledApplication(HikariDataSource pool) {
    this.pool = pool;
  }

  private interface Work {
    void run() throws SQLException;
  }

  public static void main(String[] args) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(args[0]);
    try (HikariDataSource pool = new HikariDataSource(config);
        Scanner in = new Scanner(System.in)) {
      PooledApplication application = new PooledApplication(pool);
      while (in.hasNext()) {
        Work work = application.work(in.next());
        System.out.println(nanosPerTime(work, in.nextInt(), in.nextLong() * 1_000_000));
      }
    }
  }

  private Work work(String name) {
    return switch (name) {
      case "borrow" -> this::borrow;
      case "select" -> this::select;
      case "transaction" -> this::transaction;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private void borrow() throws SQLException {
    pool.getConnection().close();
  }

  private void select() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 1")) {
      check(row.next() && row.getInt(1) == 1);
    }
  }

  private void transaction() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement read =
          connection.prepareStatement("SELECT amount FROM account WHERE id = ?")) {
        read.setInt(1, 1);
        try (ResultSet row = read.executeQuery()) {
          check(row.next());
        }
      }
      try (PreparedStatement write =
          connection.prepareStatement("UPDATE account SET amount = amount + ? WHERE id = ?")) {
        add(write, 1, -1);
        add(write, 2, 1);
      }
      connection.commit();
    }
  }

  private static void add(PreparedStatement write, int account, int amount) throws SQLException {
    write.setInt(1, amount);
    write.setInt(2, account);
    check(write.executeUpdate() == 1);
  }

  private static void check(boolean right) throws SQLException {
    if (!right) {
      throw new SQLException("a wrong answer");
    }
  }

  private static double nanosPerTime(Work work, int threads, long nanos) throws Exception {
    long start = System.nanoTime();
    Callable<Long> loop = () -> timesUntil(start + nanos, work);
    long times = 0;
    if (threads == 1) {
      times = loop.call();
    } else {
      ExecutorService executor = Executors.newFixedThreadPool(threads);
      try {
        for (Future<Long> each :
            executor.invokeAll(IntStream.range(0, threads).mapToObj(i -> loop).toList())) {
          times += each.get();
        }
      } finally {
        executor.shutdown();
      }
    }
    return (double) (System.nanoTime() - start) / times;
  }

  private static long timesUntil(long end, Work work) throws SQLException {
    long times = 0;
    int batch = 1;
    do {
      for (int i = 0; i < batch; i++) {
        work.run();
      }
      times += batch;
      batch = Math.min(MOST_BETWEEN_LOOKS_AT_THE_CLOCK, batch * 2);
    } while (System.nanoTime() < end);
    return times;
  }
}
