package io.tenantpool.pool;

import java.util.random.RandomGenerator;

/**
 * The circuit breaker of a server or of one pool key: how many connects in a row have failed, and
 * when the next may be tried. Who connects is the {@link ConnectGate}'s to decide. Nothing here
 * looks at a clock: whoever calls says what time it is, in the ticker's nanoseconds.
 *
 * <table>
 * <caption>Transitions</caption>
 * <tr><th>from</th><th>when</th><th>to</th></tr>
 * <tr><td>CLOSED</td><td>so many connects in a row have failed</td><td>OPEN</td></tr>
 * <tr><td>OPEN</td><td>the pause is over and one connects</td><td>HALF_OPEN</td></tr>
 * <tr><td>HALF_OPEN</td><td>that one has failed</td><td>OPEN, a longer pause</td></tr>
 * <tr><td>any</td><td>a connect was answered well</td><td>CLOSED</td></tr>
 * </table>
 *
 * <p>Not thread-safe: the server's lock guards it.
 */
final class Circuit {

  private final int threshold;
  private final Backoff pauses;
  private CircuitState state = CircuitState.CLOSED;
  private int failures;
  private long firstFailedAt;
  private long lastFailedAt;
  private long opensAt;

  /** When the present state of {@code OPEN} began; a connect that began before it is no probe. */
  private long pausedAt;

  /** One that opens with the failure of that number in a row. */
  Circuit(int threshold, long firstPause, long longestPause, RandomGenerator random) {
    this.threshold = threshold;
    pauses = new Backoff(firstPause, longestPause, random);
  }

  /**
   * A connect that began at {@code began} has failed. A straggler, which began before the circuit
   * opened, counts and makes no pause longer.
   *
   * @param mayOpen whether this failure may be the one that opens it
   */
  void failed(long began, long now, boolean mayOpen) {
    if (failures++ == 0) {
      firstFailedAt = now;
    }
    lastFailedAt = now;
    boolean opens = state == CircuitState.CLOSED && failures >= threshold && mayOpen;
    boolean wasProbe = state == CircuitState.HALF_OPEN && began - pausedAt >= 0;
    if (opens || wasProbe) {
      state = CircuitState.OPEN;
      pausedAt = now;
      opensAt = now + pauses.next();
    }
  }

  /** A connect was answered well. */
  void answered() {
    state = CircuitState.CLOSED;
    failures = 0;
    pauses.reset();
  }

  /** Somebody connects while the circuit is open: its pause is over. */
  void probed(long now) {
    if (state == CircuitState.OPEN) {
      if (now - opensAt < 0) {
        throw new IllegalStateException("a probe before its time");
      }
      state = CircuitState.HALF_OPEN;
    }
  }

  /** There is a reason to try again: its pause is over. */
  void endPause(long now) {
    if (state == CircuitState.OPEN) {
      opensAt = now;
    }
  }

  boolean isOpen() {
    return state != CircuitState.CLOSED;
  }

  CircuitState state() {
    return state;
  }

  /** Connects that failed since one was answered. */
  int failures() {
    return failures;
  }

  /** When the first of them failed; of no meaning without one. */
  long firstFailedAt() {
    return firstFailedAt;
  }

  /** When the last of them failed; of no meaning without one. */
  long lastFailedAt() {
    return lastFailedAt;
  }

  /** From when on one may connect while it is open. */
  long opensAt() {
    return opensAt;
  }
}
