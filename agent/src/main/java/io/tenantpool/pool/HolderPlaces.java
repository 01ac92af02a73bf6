package io.tenantpool.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tenantpool.connection.ThreadPlace;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the threads are that hold a server's connections. A look at one stops it for some
 * microseconds, and where a budget is held in vain a thousand waits may end at once: so few are
 * looked at, and what was seen serves everybody for a second.
 */
final class HolderPlaces {

  static final int MOST = 5;

  static final long EPISODE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Ticker ticker;
  private final Function<Thread, ThreadPlace> look;

  @GuardedBy("this")
  private final IdentityHashMap<Thread, ThreadPlace> seen = new IdentityHashMap<>();

  @GuardedBy("this")
  private long since;

  HolderPlaces(Ticker ticker) {
    this(ticker, ThreadPlace::of);
  }

  HolderPlaces(Ticker ticker, Function<Thread, ThreadPlace> look) {
    this.ticker = ticker;
    this.look = look;
  }

  /**
   * Where the first of those are, {@link #MOST} at most; null when one of them was not looked at
   * and so many others were within the second.
   */
  synchronized @Nullable Map<Thread, ThreadPlace> of(List<Thread> threads) {
    long now = ticker.nanos();
    if (!seen.isEmpty() && now - since >= EPISODE_NANOS) {
      seen.clear();
    }
    since = seen.isEmpty() ? now : since;
    IdentityHashMap<Thread, ThreadPlace> places = new IdentityHashMap<>();
    for (Thread thread : threads) {
      if (places.size() == MOST) {
        break;
      }
      ThreadPlace place = seen.get(thread);
      if (place == null && seen.size() < MOST) {
        place = look.apply(thread);
        seen.put(thread, place);
      }
      if (place == null) {
        return null;
      }
      places.put(thread, place);
    }
    return places;
  }

  /** Keeps no thread that has ended, nor what its class loader holds. */
  synchronized void tidyUp() {
    if (ticker.nanos() - since >= EPISODE_NANOS) {
      seen.clear();
    }
  }
}
