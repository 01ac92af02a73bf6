package io.tenantpool.observation;

import io.tenantpool.config.HttpSettings;
import io.tenantpool.observation.http.HttpEndpoint;
import io.tenantpool.observation.http.Page;
import io.tenantpool.pool.Ticker;
import io.tenantpool.upkeep.AgentThreads;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the agent shows over HTTP: {@code /metrics}, {@code /health} and {@code /report}. */
final class HttpView implements AutoCloseable {

  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpEndpoint endpoint;

  private HttpView(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Listens; null, and one line in the log, where that is not possible. */
  static @Nullable HttpView open(
      HttpSettings settings,
      PrometheusStage metrics,
      Health health,
      Report report,
      Ticker ticker,
      AgentLog log,
      AgentThreads threads) {
    Faults faults = threads.faults();
    Map<String, Page> pages =
        Map.of(
            "/metrics", new Page(METRICS_TYPE, metrics::scrape),
            "/health", new Page("application/json", health::json),
            "/report", new Page("text/plain; charset=utf-8", report::text));
    makeReady(metrics, faults);
    try {
      HttpEndpoint endpoint =
          HttpEndpoint.open(
              settings,
              pages,
              ticker,
              failure -> faults.report(FaultKind.HTTP, "a request could not be answered", failure),
              threads);
      log.listening(settings.address(), endpoint.port());
      return new HttpView(endpoint);
    } catch (IOException failure) {
      log.notListening(settings.address(), settings.port(), failure);
      return null;
    }
  }

  /** The classes that a page needs are loaded now, and not while the first scrape waits. */
  private static void makeReady(PrometheusStage metrics, Faults faults) {
    try {
      metrics.scrape();
    } catch (Throwable failure) {
      faults.report(FaultKind.HTTP, "a page could not be made ready", failure);
    }
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
