package io.tenantpool.pool;

import io.tenantpool.connection.Pin;
import java.util.EnumMap;
import java.util.Map;

/** Counts the watched connections of one tenant or server. Not thread-safe. */
final class WatchedTally {

  private final Map<Pin, Long> wouldPin = new EnumMap<>(Pin.class);
  private long opens;
  private long openNanos;
  private int held;
  private int peakHeld;
  private int busy;
  private int peakBusy;
  private int resting;
  private long closedAt;
  private long windowSince;
  private long windowOpens;
  private long windowOpenNanos;
  private long countedUntil;
  private double heldNanos;
  private double busyNanos;

  WatchedTally(long now) {
    windowSince = now;
    countedUntil = now;
  }

  /** Begins with the window of {@code other}: nothing was held until now. */
  void sameWindowAs(WatchedTally other) {
    windowSince = other.windowSince;
  }

  void opened(long connectNanos, long now) {
    advance(now);
    opens++;
    openNanos += connectNanos;
    windowOpens++;
    windowOpenNanos += connectNanos;
    held++;
    peakHeld = Math.max(peakHeld, held);
  }

  void closed(long now) {
    advance(now);
    held--;
    closedAt = now;
  }

  /** Whether it holds a connection, or closed one that recently. */
  boolean heldWithin(long nanos, long now) {
    return held > 0 || now - closedAt < nanos;
  }

  void busy(boolean more, long now) {
    advance(now);
    busy += more ? 1 : -1;
    peakBusy = Math.max(peakBusy, busy);
  }

  void resting(boolean more) {
    resting += more ? 1 : -1;
  }

  void wouldPin(Pin cause) {
    wouldPin.merge(cause, 1L, Long::sum);
  }

  void resetPeaks(long now) {
    windowSince = now;
    countedUntil = now;
    heldNanos = 0;
    busyNanos = 0;
    windowOpens = 0;
    windowOpenNanos = 0;
    peakHeld = held;
    peakBusy = busy;
  }

  private void advance(long now) {
    long passed = Math.max(0, now - countedUntil);
    heldNanos += (double) passed * held;
    busyNanos += (double) passed * busy;
    countedUntil += passed;
  }

  WatchedSnapshot snapshot(String tenant, long now) {
    advance(now);
    double window = Math.max(1, countedUntil - windowSince);
    return new WatchedSnapshot(
        tenant,
        opens,
        openNanos,
        held,
        peakHeld,
        busy,
        peakBusy,
        resting,
        heldNanos / window,
        busyNanos / window,
        countedUntil - windowSince,
        windowOpens,
        windowOpenNanos,
        Map.copyOf(wouldPin));
  }
}
