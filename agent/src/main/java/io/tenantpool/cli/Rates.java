package io.tenantpool.cli;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How fast counters grew between two readings. */
final class Rates {

  private final @Nullable Reading before;
  private final Reading now;

  /** Without an earlier reading there are no rates. */
  Rates(@Nullable Reading before, Reading now) {
    this.before = before;
    this.now = now;
  }

  OptionalDouble ofServer(Bean server, ToLongFunction<Bean> counter) {
    return before == null
        ? OptionalDouble.empty()
        : rate(before.server(server.name()), server, counter);
  }

  OptionalDouble ofTenant(Bean tenant, ToLongFunction<Bean> counter) {
    return before == null
        ? OptionalDouble.empty()
        : rate(before.tenant(tenant.server(), tenant.name()), tenant, counter);
  }

  OptionalDouble ofWatchedTenant(Bean tenant, ToLongFunction<Bean> counter) {
    return before == null
        ? OptionalDouble.empty()
        : rate(before.watchedTenant(tenant.server(), tenant.name()), tenant, counter);
  }

  /** Per second; unknown for who was not there before. */
  private OptionalDouble rate(Optional<Bean> earlier, Bean later, ToLongFunction<Bean> counter) {
    long millis = before == null ? 0 : now.uptimeMillis() - before.uptimeMillis();
    if (earlier.isEmpty() || millis <= 0) {
      return OptionalDouble.empty();
    }
    long grown = counter.applyAsLong(later) - counter.applyAsLong(earlier.get());
    return OptionalDouble.of(Math.max(0, grown) * 1000.0 / millis);
  }
}
