package com.example.shop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Serves many tenants until somebody presses Enter or closes its standard input. Prints each second
 * how much it has done so far, and once more at the end.
 */
public final class Shop {

  private static final long SEED = 42;

  private Shop() {}

  /**
   * Runs the shop.
   *
   * @param args the file that lists the tenants, the number of threads, and where connections come
   *     from, as {@link ConnectionFactory#named} knows it
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    TenantChoice tenants = new TenantChoice(Tenant.readAll(Path.of(args[0])));
    int threads = Integer.parseInt(args[1]);
    ConnectionFactory connections = ConnectionFactory.named(args[2]);
    Tally tally = new Tally();
    CountDownLatch stop = new CountDownLatch(1);
    stopAtEnter(stop);

    long start = System.nanoTime();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Worker worker = new Worker(tenants, connections, tally, () -> stop.getCount() == 0, SEED + i);
      Thread thread = new Thread(worker, "worker-" + i);
      thread.setUncaughtExceptionHandler((died, e) -> tally.failed(died.getName(), e));
      thread.start();
      workers.add(thread);
    }
    for (int second = 1; !stop.await(nanosUntil(start, second), TimeUnit.NANOSECONDS); second++) {
      print(tally, System.nanoTime() - start);
    }
    for (Thread worker : workers) {
      worker.join();
    }
    print(tally, System.nanoTime() - start);
  }

  private static void stopAtEnter(CountDownLatch stop) {
    Thread reader =
        new Thread(
            () -> {
              try {
                System.in.read();
              } catch (IOException e) {
                System.err.println("standard input: " + e);
              }
              stop.countDown();
            },
            "wait-for-enter");
    reader.setDaemon(true);
    reader.start();
  }

  private static long nanosUntil(long start, int second) {
    return start + TimeUnit.SECONDS.toNanos(second) - System.nanoTime();
  }

  private static void print(Tally tally, long nanos) {
    System.out.printf(
        Locale.ROOT,
        "seconds=%.3f units=%d failures=%d tenants=%d orders=%d p50_us=%d p99_us=%d%n",
        nanos / 1e9,
        tally.units.sum(),
        tally.failures.sum(),
        tally.tenants(),
        tally.orders.sum(),
        tally.latencies.quantile(0.50) / 1000,
        tally.latencies.quantile(0.99) / 1000);
  }
}
