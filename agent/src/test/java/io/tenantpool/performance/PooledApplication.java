package io.tenantpool.performance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * An application with one HikariCP. A command is the name of a work, threads, milliseconds, times
 * (go on until both are reached); the answer is two numbers of nanoseconds: what the work took in
 * the middle of all times it was done, and the whole time divided by the times. The first one is
 * hardly touched by whatever else the machine does, the second one has the garbage collector in it.
 * Argument: the URL.
 */
final class PooledApplication {

  private static final String ROWS = "SELECT i, i, 'row ' || i FROM generate_series(1, 1000) AS i";

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
        String name = in.next();
        // The clock is not read more often than what is measured can bear.
        int batch = name.equals("borrow") ? 100 : 1;
        Turn turn =
            turn(
                application.work(name),
                batch,
                in.nextInt(),
                in.nextLong() * 1_000_000,
                in.nextInt());
        System.out.println(turn.median() + " " + turn.mean());
      }
    }
  }

  private Work work(String name) {
    return switch (name) {
      case "borrow" -> this::borrow;
      case "select" -> this::select;
      case "rows" -> this::rows;
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

  private void rows() throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(ROWS);
        ResultSet row = statement.executeQuery()) {
      int sum = 0;
      while (row.next()) {
        sum += row.getInt(1) + row.getInt(2) + row.getString(3).length();
      }
      check(sum == 1_007_893);
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

  /** What a turn of several threads took; nanoseconds. */
  private record Turn(double median, double mean) {}

  private static Turn turn(Work work, int batch, int threads, long nanos, int times)
      throws Exception {
    long start = System.nanoTime();
    Callable<long[]> loop = () -> samplesUntil(start + nanos, times, work, batch);
    List<long[]> samples = new ArrayList<>();
    if (threads == 1) {
      samples.add(loop.call());
    } else {
      ExecutorService executor = Executors.newFixedThreadPool(threads);
      try {
        for (Future<long[]> each : executor.invokeAll(Collections.nCopies(threads, loop))) {
          samples.add(each.get());
        }
      } finally {
        executor.shutdown();
      }
    }
    double elapsed = System.nanoTime() - start;
    long[] sorted = samples.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Turn(
        (double) sorted[sorted.length / 2] / batch, elapsed / ((double) sorted.length * batch));
  }

  /** How long each batch took. */
  private static long[] samplesUntil(long end, int times, Work work, int batch)
      throws SQLException {
    long[] samples = new long[1024];
    int count = 0;
    long before = System.nanoTime();
    do {
      for (int i = 0; i < batch; i++) {
        work.run();
      }
      long after = System.nanoTime();
      if (count == samples.length) {
        samples = Arrays.copyOf(samples, 2 * count);
      }
      samples[count++] = after - before;
      before = after;
    } while (before < end || count < times);
    return Arrays.copyOf(samples, count);
  }
}
