package io.tenantpool.pool;

import io.tenantpool.connection.Pin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in the application the leases of one server are pinned, and how often. Bounded: a program
 * can make classes, and with them call sites, without end. Not thread-safe: the server's lock
 * guards it.
 */
final class PinSites {

  /** So many pairs of cause and call site are told apart; the rest is one entry for each cause. */
  static final int CAPACITY = 200;

  /**
   * Where a pin was counted.
   *
   * @param site null: under the entry for the rest
   * @param isNew whether it is the first there
   */
  record Sighting(@Nullable StackTraceElement site, boolean isNew) {}

  private record Key(Pin cause, @Nullable StackTraceElement site) {}

  private static final class Tally {
    /** Made once, not at each look under the lock. */
    final String site;

    final long firstMillis;
    long lastMillis;
    long count;
    String tenant = "";

    Tally(String site, long firstMillis) {
      this.site = site;
      this.firstMillis = firstMillis;
    }
  }

  private final Map<Key, Tally> tallies = new HashMap<>();

  Sighting pinned(Pin cause, @Nullable StackTraceElement site, String tenant, long epochMillis) {
    Key key = new Key(cause, site);
    Tally tally = tallies.get(key);
    if (tally == null && tallies.size() >= CAPACITY) {
      key = new Key(cause, null);
      tally = tallies.get(key);
    }
    boolean isNew = tally == null;
    if (tally == null) {
      tally = new Tally(PinSite.text(key.site()), epochMillis);
      tallies.put(key, tally);
    }
    tally.count++;
    tally.tenant = tenant;
    tally.lastMillis = epochMillis;
    return new Sighting(key.site(), isNew);
  }

  List<PinSite> snapshot() {
    return tallies.entrySet().stream().map(PinSites::entry).toList();
  }

  private static PinSite entry(Map.Entry<Key, Tally> entry) {
    Tally tally = entry.getValue();
    return new PinSite(
        entry.getKey().cause(),
        tally.site,
        tally.tenant,
        tally.count,
        tally.firstMillis,
        tally.lastMillis);
  }
}
