package io.tenantpool.performance;

import io.tenantpool.config.Settings;
import io.tenantpool.pool.ServerSnapshot;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * What it costs that a tenant which wants everything yields to tenants that want little: throughput
 * beside that of the greedy one alone, and how long the modest ones wait.
 */
final class GreedyFigures {

  /** The URL of a database. */
  private final UnaryOperator<String> urls;

  GreedyFigures(UnaryOperator<String> urls) {
    this.urls = urls;
  }

  void print() throws Exception {
    System.out.println("12 greedy and 10 modest threads over a budget of 8, pg_sleep 1 ms");
    List<Double> ratios = new ArrayList<>();
    List<Double> p99s = new ArrayList<>();
    List<Double> quanta = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      Mix alone = mix(22, 0);
      Mix together = mix(12, 10);
      ratios.add(together.perSecond() / alone.perSecond());
      p99s.add(together.modestP99Millis());
      System.out.printf(
          Locale.ROOT,
          "without yielding %.0f/s; with %.0f/s, of that modest %.0f/s with p99 %.1f ms, quantum %.0f ms%n",
          alone.perSecond(),
          together.perSecond(),
          together.modestPerSecond(),
          together.modestP99Millis(),
          together.quantumMillis());
      quanta.add(together.modestP99Millis() / together.quantumMillis());
    }
    System.out.printf(
        Locale.ROOT,
        "throughput ratio %.2f, modest p99 %.1f ms, %.1f quanta%n",
        Interleaved.median(ratios),
        Interleaved.median(p99s),
        Interleaved.median(quanta));
  }

  /**
   * The quantum follows from the mean connect as in {@code ConnectCost}: ten times it, 20 to 60 ms.
   */
  private record Mix(
      double perSecond, double modestPerSecond, double modestP99Millis, double quantumMillis) {}

  private Mix mix(int greedy, int modest) throws Exception {
    Settings settings =
        Settings.of("max-connections=8,max-connections-per-tenant=8,acquire-timeout=30s");
    AtomicLong greedyDone = new AtomicLong();
    List<Long> modestNanos = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean measuring = new AtomicBoolean();
    AtomicBoolean stop = new AtomicBoolean();
    try (PooledDriver pooled = new PooledDriver(settings)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < greedy + modest; i++) {
        boolean isGreedy = i < greedy;
        String url = urls.apply(isGreedy ? "t0" : "t" + (1 + i - greedy));
        Thread thread =
            new Thread(
                () -> {
                  while (!stop.get()) {
                    long start = System.nanoTime();
                    try (Connection connection = pooled.connect(url);
                        Statement statement = connection.createStatement()) {
                      long got = System.nanoTime();
                      statement.execute("SELECT pg_sleep(0.001)");
                      if (measuring.get()) {
                        if (isGreedy) {
                          greedyDone.incrementAndGet();
                        } else {
                          modestNanos.add(got - start);
                        }
                      }
                    } catch (Throwable e) {
                      e.printStackTrace();
                      return;
                    }
                  }
                });
        threads.add(thread);
        thread.start();
      }
      Thread.sleep(1000);
      measuring.set(true);
      long start = System.nanoTime();
      Thread.sleep(3000);
      measuring.set(false);
      double seconds = (System.nanoTime() - start) / 1e9;
      stop.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      List<Long> sorted = new ArrayList<>(modestNanos);
      sorted.sort(null);
      double p99 = sorted.isEmpty() ? 0 : sorted.get((int) (sorted.size() * 0.99)) / 1e6;
      ServerSnapshot server = pooled.pool().servers().get(0);
      double connectMillis = server.openNanos() / 1e6 / server.opens();
      double quantum = Math.max(20, Math.min(60, 10 * connectMillis));
      return new Mix(
          (greedyDone.get() + sorted.size()) / seconds, sorted.size() / seconds, p99, quantum);
    }
  }
}
