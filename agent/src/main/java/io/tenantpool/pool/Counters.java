package io.tenantpool.pool;

import io.tenantpool.connection.Pin;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one tenant or of one server. Counters only grow; peaks can be set back. Small, for
 * every tenant ever seen has one. Not thread-safe: the server's lock guards it.
 */
final class Counters {

  long borrows;
  long borrowNanos;
  long maxBorrowNanos;
  long hits;
  long timeouts;
  long opens;
  long openFailures;
  long untried;
  long openNanos;
  long resets;
  long leaksSuspected;
  int active;

  /** Slots on their way to a session: the driver connects, or their victim is being closed. */
  int connecting;

  int waiting;
  int peakActive;
  int peakWaiting;
  private @Nullable EnumMap<EvictionCause, Long> evictions;
  private @Nullable EnumMap<Pin, Long> pins;

  void borrowed(long nanos, boolean hit) {
    borrows++;
    borrowNanos += nanos;
    maxBorrowNanos = Math.max(maxBorrowNanos, nanos);
    if (hit) {
      hits++;
    }
    active++;
    peakActive = Math.max(peakActive, active);
  }

  void returned() {
    active--;
  }

  void waits() {
    waiting++;
    peakWaiting = Math.max(peakWaiting, waiting);
  }

  void waitsNoMore() {
    waiting--;
  }

  void opened(long nanos) {
    opens++;
    openNanos += nanos;
  }

  void evicted(EvictionCause cause) {
    if (evictions == null) {
      evictions = new EnumMap<>(EvictionCause.class);
    }
    evictions.merge(cause, 1L, Long::sum);
  }

  void pinned(Pin cause) {
    if (pins == null) {
      pins = new EnumMap<>(Pin.class);
    }
    pins.merge(cause, 1L, Long::sum);
  }

  Map<EvictionCause, Long> evictions() {
    return evictions == null ? Map.of() : Map.copyOf(evictions);
  }

  Map<Pin, Long> pins() {
    return pins == null ? Map.of() : Map.copyOf(pins);
  }

  void resetPeaks() {
    peakActive = active;
    peakWaiting = waiting;
    maxBorrowNanos = 0;
  }
}
