package io.tenantpool.performance;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@link PooledApplication} with a Micrometer of its own that is scraped every second. */
final class MeteredApplication {

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private MeteredApplication() {}

  public static void main(String[] args) throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(key -> null);
    Metrics.addRegistry(registry);
    Thread scraper = new Thread(() -> scrape(registry), "scraper");
    scraper.setDaemon(true);
    scraper.start();
    PooledApplication.main(args);
  }

  private static void scrape(PrometheusMeterRegistry registry) {
    while (true) {
      if (registry.scrape().isEmpty() && Thread.interrupted()) {
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
