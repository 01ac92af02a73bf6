package io.tenantpool.observation;

import io.tenantpool.observation.capacity.CapacityCurve;
import io.tenantpool.observation.capacity.CapacityPoint;
import io.tenantpool.observation.capacity.CapacityRecorder;
import io.tenantpool.observation.capacity.CapacityReport;
import io.tenantpool.observation.capacity.Conditions;
import io.tenantpool.pool.BorrowSamples;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.Ticker;
import io.tenantpool.pool.WatchedSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The capacity curve of each server. Thread-safe. */
final class CapacityCurves {

  private final Ticker ticker;
  private final Supplier<Duration> acquireTimeout;
  private final Map<String, CapacityRecorder> recorders = new ConcurrentHashMap<>();

  /** {@code acquireTimeout} is the one in force. */
  CapacityCurves(Ticker ticker, Supplier<Duration> acquireTimeout) {
    this.ticker = ticker;
    this.acquireTimeout = acquireTimeout;
  }

  /** The first request for {@code server} arrived at {@code now}; the first to say so counts. */
  void begin(String server, long now) {
    recorders.computeIfAbsent(server, name -> new CapacityRecorder(now));
  }

  void record(BorrowSamples samples) {
    of(samples.server()).record(samples, ticker.nanos());
  }

  void reset(String server) {
    of(server).reset(ticker.nanos());
  }

  /** {@code watched}: all of the server's watched connections; null without any. */
  CapacityFigures[] rows(ServerSnapshot server, @Nullable WatchedSnapshot watched) {
    CapacityCurve curve = curve(server, watched);
    List<CapacityFigures> rows = new ArrayList<>();
    for (CapacityPoint point : curve.points()) {
      rows.add(new CapacityFigures(point, CapacityReport.mark(point.cap(), cap(server), curve)));
    }
    return rows.toArray(CapacityFigures[]::new);
  }

  /** With the reserve; 0 while there is too little to go by. */
  int recommended(ServerSnapshot server, @Nullable WatchedSnapshot watched) {
    return CapacityReport.maxConnections(server, curve(server, watched)).orElse(0);
  }

  CapacityCurve curve(ServerSnapshot server, @Nullable WatchedSnapshot watched) {
    long opens = server.opens() + (watched == null ? 0 : watched.opens());
    long nanos = server.openNanos() + (watched == null ? 0 : watched.openNanos());
    long connectNanos = opens == 0 ? 0 : nanos / opens;
    long acquireTimeoutNanos = acquireTimeout.get().toNanos();
    boolean capped = watched == null || server.borrows() > 0;
    return of(server.server())
        .curve(
            new Conditions(
                cap(server), connectNanos, acquireTimeoutNanos, server.evictionOrder(), capped),
            ticker.nanos());
  }

  private CapacityRecorder of(String server) {
    return recorders.computeIfAbsent(server, name -> new CapacityRecorder(ticker.nanos()));
  }

  /** What tenants may have; the rest is for system URLs. */
  private static int cap(ServerSnapshot server) {
    return server.budget() - server.reserved();
  }
}
