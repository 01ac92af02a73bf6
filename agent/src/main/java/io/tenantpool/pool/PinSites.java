package io.tenantpool.pool;

import io.tenantpool.connection.Pin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in the application the leases of one server are pinned, and how often. Not thread-safe: the
 * server's lock guards it.
 */
final class PinSites {

  /** So many pairs of cause and call site are told apart; the rest is one entry for each cause. */
  static final int CAPACITY = SiteTallies.CAPACITY;

  /**
   * Where a pin was counted.
   *
   * @param site null: under the entry for the rest
   * @param isNew whether it is the first there
   */
  record Sighting(@Nullable StackTraceElement site, boolean isNew) {}

  private final SiteTallies<Pin> tallies = new SiteTallies<>();

  Sighting pinned(Pin cause, @Nullable StackTraceElement site, String tenant, long epochMillis) {
    SiteTallies.Sighting seen = tallies.seen(cause, site, tenant, epochMillis);
    return new Sighting(seen.isRest() ? null : site, seen.isNew());
  }

  List<PinSite> snapshot() {
    return tallies.entries().stream()
        .map(
            entry ->
                new PinSite(
                    entry.cause(),
                    entry.site(),
                    entry.note(),
                    entry.count(),
                    entry.firstMillis(),
                    entry.lastMillis()))
        .toList();
  }
}
