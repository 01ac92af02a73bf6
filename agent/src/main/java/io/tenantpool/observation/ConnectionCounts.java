package io.tenantpool.observation;

import io.tenantpool.connection.Pin;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.TenantSnapshot;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What snapshots of a server, of a tenant and of everything have in common. */
record ConnectionCounts(
    int open,
    int active,
    int connecting,
    int idle,
    int waiting,
    int peakActive,
    int peakWaiting,
    long borrows,
    long borrowNanos,
    long maxBorrowNanos,
    long hits,
    long timeouts,
    long opens,
    long openFailures,
    long openNanos,
    long resets,
    Map<EvictionCause, Long> evictions,
    Map<Pin, Long> pins) {

  static ConnectionCounts of(ServerSnapshot s) {
    return new ConnectionCounts(
        s.open(),
        s.active(),
        s.connecting(),
        s.idle(),
        s.waiting(),
        s.peakActive(),
        s.peakWaiting(),
        s.borrows(),
        s.borrowNanos(),
        s.maxBorrowNanos(),
        s.hits(),
        s.timeouts(),
        s.opens(),
        s.openFailures(),
        s.openNanos(),
        s.resets(),
        s.evictions(),
        s.pins());
  }

  static ConnectionCounts of(TenantSnapshot t) {
    return new ConnectionCounts(
        t.open(),
        t.active(),
        t.connecting(),
        t.idle(),
        t.waiting(),
        t.peakActive(),
        t.peakWaiting(),
        t.borrows(),
        t.borrowNanos(),
        t.maxBorrowNanos(),
        t.hits(),
        t.timeouts(),
        t.opens(),
        t.openFailures(),
        t.openNanos(),
        t.resets(),
        t.evictions(),
        t.pins());
  }

  double borrowMicrosMean() {
    return micros(borrowNanos, borrows);
  }

  double connectMicrosMean() {
    return micros(openNanos, opens);
  }

  double hitRate() {
    return ratio(hits, borrows);
  }

  Map<String, Long> evictionsByCause() {
    return byName(EvictionCause.values(), evictions);
  }

  Map<String, Long> pinsByCause() {
    return byName(Pin.values(), pins);
  }

  /** Microseconds each, of {@code nanos} that {@code count} took together; 0 without any. */
  static double micros(long nanos, long count) {
    return ratio(nanos, count) / 1000;
  }

  static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** The evictions of several servers, added up. */
  static Map<String, Long> evictions(List<ServerSnapshot> servers) {
    Map<EvictionCause, Long> sum = new EnumMap<>(EvictionCause.class);
    for (ServerSnapshot server : servers) {
      server.evictions().forEach((cause, count) -> sum.merge(cause, count, Long::sum));
    }
    return byName(EvictionCause.values(), sum);
  }

  /** With a zero for what never occurred, so that the rows of a table do not come and go. */
  static <E extends Enum<E>> Map<String, Long> byName(E[] all, Map<E, Long> counts) {
    Map<String, Long> named = new LinkedHashMap<>();
    for (E cause : all) {
      named.put(cause.name(), counts.getOrDefault(cause, 0L));
    }
    return named;
  }
}
