package io.tenantpool.observation;

import io.tenantpool.config.LogLevel;
import io.tenantpool.pool.Ticker;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Lets the first of a kind of event through and counts the rest for {@link #PERIOD_NANOS}, so that
 * a dead database does not flood the log. Belongs to the observation thread.
 */
final class RepeatFilter {

  static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** What repeats. */
  record Kind(LogLevel level, String event, String server) {}

  private final Ticker ticker;
  private final Map<Kind, Repeats> periods = new LinkedHashMap<>();

  RepeatFilter(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Whether this one is to be told; otherwise it is counted. */
  boolean passes(Kind kind) {
    Repeats running = periods.get(kind);
    if (running != null) {
      running.count++;
      return false;
    }
    periods.put(kind, new Repeats(ticker.nanos()));
    return true;
  }

  boolean isEmpty() {
    return periods.isEmpty();
  }

  /** Ends the periods that are over; {@code summary} gets the kind and how many were not told. */
  void sweep(BiConsumer<Kind, Long> summary) {
    long now = ticker.nanos();
    for (Iterator<Map.Entry<Kind, Repeats>> i = periods.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<Kind, Repeats> entry = i.next();
      Repeats repeats = entry.getValue();
      if (now - repeats.since < PERIOD_NANOS) {
        continue;
      }
      if (repeats.count == 0) {
        i.remove();
      } else {
        summary.accept(entry.getKey(), repeats.count);
        repeats.since = now;
        repeats.count = 0;
      }
    }
  }

  private static final class Repeats {
    long since;
    long count;

    Repeats(long since) {
      this.since = since;
    }
  }
}
