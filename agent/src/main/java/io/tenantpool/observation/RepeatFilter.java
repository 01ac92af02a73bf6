package io.tenantpool.observation;

import io.tenantpool.config.LogLevel;
import io.tenantpool.pool.Ticker;
import io.tenantpool.upkeep.Fault;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the first of a kind of event through and counts the rest for {@link #PERIOD_NANOS}, so that
 * a dead database does not flood the log. Belongs to the observation thread.
 */
final class RepeatFilter {

  static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** What repeats: an event of a server or of a tenant, or a fault of the agent at one place. */
  record Kind(
      LogLevel level,
      String event,
      @Nullable String server,
      @Nullable String tenant,
      Fault.@Nullable Place place) {

    Kind(LogLevel level, String event, String server) {
      this(level, event, server, null, null);
    }

    Kind(LogLevel level, String event, @Nullable String server, Fault.@Nullable Place place) {
      this(level, event, server, null, place);
    }

    /** Of one tenant of that server. */
    Kind ofTenant(String name) {
      return new Kind(level, event, server, name, place);
    }
  }

  private final Ticker ticker;
  private final Map<Kind, Repeats> periods = new LinkedHashMap<>();

  RepeatFilter(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Whether this one is to be told; otherwise it is counted. */
  boolean passes(Kind kind) {
    return passes(kind, 1);
  }

  /** The same of one that stands for so many. */
  boolean passes(Kind kind, long times) {
    Repeats running = periods.get(kind);
    if (running != null) {
      running.count += times;
      return false;
    }
    Repeats first = new Repeats(ticker.nanos());
    first.count = Math.max(0, times - 1);
    periods.put(kind, first);
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
