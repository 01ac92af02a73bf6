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
  private @Nullable EnumMap<WaitCause, WaitTally> waits;
  private @Nullable Seldom seldom;

  /** What most tenants never meet. */
  private static final class Seldom {
    private final EnumMap<Pin, Long> pins = new EnumMap<>(Pin.class);
    private int holdAndWaits;
  }

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

  /** A borrower has waited for that, until it had it or gave up. */
  void waited(WaitCause cause, long nanos) {
    if (waits == null) {
      waits = new EnumMap<>(WaitCause.class);
    }
    waits.put(cause, waits.getOrDefault(cause, WaitTally.NONE).and(nanos));
  }

  /** It has waited in vain for connections whose holders did nothing with them. */
  void heldAndWaited() {
    seldom().holdAndWaits++;
  }

  int holdAndWaits() {
    return seldom == null ? 0 : seldom.holdAndWaits;
  }

  private Seldom seldom() {
    Seldom known = seldom == null ? new Seldom() : seldom;
    seldom = known;
    return known;
  }

  /** Whoever connects waits for that, too. */
  Map<WaitCause, WaitTally> waitsByCause() {
    Map<WaitCause, WaitTally> all = new EnumMap<>(WaitCause.class);
    if (waits != null) {
      all.putAll(waits);
    }
    if (opens > 0) {
      WaitTally turns = all.getOrDefault(WaitCause.CONNECT, WaitTally.NONE);
      all.put(WaitCause.CONNECT, new WaitTally(turns.waits() + opens, turns.nanos() + openNanos));
    }
    return all;
  }

  void pinned(Pin cause) {
    seldom().pins.merge(cause, 1L, Long::sum);
  }

  Map<EvictionCause, Long> evictions() {
    return evictions == null ? Map.of() : Map.copyOf(evictions);
  }

  Map<Pin, Long> pins() {
    return seldom == null ? Map.of() : Map.copyOf(seldom.pins);
  }

  void resetPeaks() {
    peakActive = active;
    peakWaiting = waiting;
    maxBorrowNanos = 0;
  }
}
