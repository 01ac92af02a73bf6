package io.tenantpool.observation;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tenantpool.pool.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The last snapshot, for a tenth of a second. JConsole asks attribute by attribute, exporters meter
 * by meter: this way the figures of one look belong together, and the pool is asked once.
 */
final class Cached<T> {

  private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Ticker ticker;
  private final UnaryOperator<T> source;

  @GuardedBy("this")
  private T value;

  @GuardedBy("this")
  private long takenAt;

  /** {@code source} gets the last value, to return it again where there is no newer one. */
  Cached(Ticker ticker, T first, UnaryOperator<T> source) {
    this.ticker = ticker;
    this.source = source;
    this.value = first;
    this.takenAt = ticker.nanos() - MAX_AGE_NANOS;
  }

  synchronized T get() {
    long now = ticker.nanos();
    if (now - takenAt >= MAX_AGE_NANOS) {
      value = source.apply(value);
      takenAt = now;
    }
    return value;
  }

  /** The next {@link #get} asks the pool: an operation has just changed the figures. */
  synchronized void expire() {
    takenAt = ticker.nanos() - MAX_AGE_NANOS;
  }
}
