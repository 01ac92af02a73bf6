package io.tenantpool.performance;

import io.tenantpool.config.Settings;
import io.tenantpool.pool.ServerSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Ten times the demand that a server can meet, for a minute: throughput beside that of as many
 * threads as connections, each of them going from tenant to tenant, how long a borrow takes, and
 * how equally the tenants are served (Jain's index: 1 when all are alike).
 */
final class OverloadFigures {

  private static final int BUDGET = 8;
  private static final int TENANTS = 12;

  /** The URL of a database. */
  private final UnaryOperator<String> urls;

  private final int seconds;

  OverloadFigures(UnaryOperator<String> urls, int seconds) {
    this.urls = urls;
    this.seconds = seconds;
  }

  private record Run(double perSecond, double p50Millis, double p99Millis, double jain) {}

  void print() throws Exception {
    System.out.printf(
        "%d tenants on a budget of %d, pg_sleep 5 ms, %d s%n", TENANTS, BUDGET, seconds);
    Run saturated = run(BUDGET, Math.max(5, seconds / 4));
    show("as many threads as connections", saturated);
    Run overloaded = run(10 * BUDGET, seconds);
    show("ten times as many", overloaded);
    System.out.printf(
        Locale.ROOT,
        "throughput ratio %.2f, p99 %.0f ms, Jain %.3f%n",
        overloaded.perSecond() / saturated.perSecond(),
        overloaded.p99Millis(),
        overloaded.jain());
  }

  private static void show(String what, Run run) {
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f/s, borrow p50 %.1f ms, p99 %.1f ms, Jain %.3f%n",
        what,
        run.perSecond(),
        run.p50Millis(),
        run.p99Millis(),
        run.jain());
  }

  private Run run(int threads, int runSeconds) throws Exception {
    AtomicLong[] done = new AtomicLong[TENANTS];
    Arrays.setAll(done, i -> new AtomicLong());
    ConcurrentLinkedQueue<Long> borrows = new ConcurrentLinkedQueue<>();
    try (PooledDriver pooled =
        new PooledDriver(Settings.of("max-connections=" + BUDGET + ",acquire-timeout=30s"))) {
      List<Thread> running = new ArrayList<>();
      long start = System.nanoTime();
      long end = start + TimeUnit.SECONDS.toNanos(runSeconds);
      for (int i = 0; i < threads; i++) {
        int first = i;
        Thread thread =
            new Thread(
                () -> {
                  for (int unit = first; System.nanoTime() < end; unit++) {
                    int tenant = unit % TENANTS;
                    long asked = System.nanoTime();
                    try (Connection connection = pooled.connect(urls.apply("t" + tenant));
                        Statement statement = connection.createStatement()) {
                      borrows.add(System.nanoTime() - asked);
                      statement.execute("SELECT pg_sleep(0.005)");
                      done[tenant].incrementAndGet();
                    } catch (SQLException e) {
                      System.out.println("failed: " + e.getMessage());
                    } catch (Throwable e) {
                      e.printStackTrace();
                      return;
                    }
                  }
                });
        running.add(thread);
        thread.start();
      }
      for (Thread thread : running) {
        thread.join();
      }
      ServerSnapshot server = pooled.pool().servers().get(0);
      if (server.timeouts() + server.refusals().size() > 0) {
        System.out.println("timeouts " + server.timeouts() + ", refusals " + server.refusals());
      }
    }
    double sum = 0;
    double squares = 0;
    for (AtomicLong each : done) {
      sum += each.get();
      squares += (double) each.get() * each.get();
    }
    long all = Arrays.stream(done).mapToLong(AtomicLong::get).sum();
    List<Long> sorted = new ArrayList<>(borrows);
    sorted.sort(null);
    return new Run(
        (double) all / runSeconds,
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.get((int) (sorted.size() * 0.99)) / 1e6,
        sum * sum / (TENANTS * squares));
  }
}
