package io.tenantpool.pool;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where something happens, by cause, and how often. Bounded: a program can make classes, and with
 * them call sites, without end. Not thread-safe.
 *
 * @param <C> the cause
 */
final class SiteTallies<C> {

  /** So many pairs of cause and site are told apart; the rest is one entry for each cause. */
  static final int CAPACITY = 200;

  /** Stands in the place of a site that is not told apart from others. */
  static final String OTHER = "other";

  /**
   * Where something was counted.
   *
   * @param isRest whether that is the entry for the rest
   * @param isNew whether it is the first there
   */
  record Sighting(boolean isRest, boolean isNew) {}

  /**
   * One entry.
   *
   * @param note what was said with the last one
   */
  record Entry<C>(
      C cause, String site, String note, long count, long firstMillis, long lastMillis) {}

  private record Key<C>(C cause, @Nullable Object site) {}

  private static final class Tally {
    /** Made once, not at each look. */
    final String site;

    final long firstMillis;
    long lastMillis;
    long count;
    String note = "";

    Tally(String site, long firstMillis) {
      this.site = site;
      this.firstMillis = firstMillis;
    }
  }

  private final Map<Key<C>, Tally> tallies = new HashMap<>();

  /** One more; null is a site that nobody can tell. */
  Sighting seen(C cause, @Nullable Object site, String note, long epochMillis) {
    Key<C> key = new Key<>(cause, site);
    Tally tally = tallies.get(key);
    if (tally == null && tallies.size() >= CAPACITY) {
      key = new Key<>(cause, null);
      tally = tallies.get(key);
    }
    boolean isNew = tally == null;
    if (tally == null) {
      Object known = key.site();
      tally = new Tally(known == null ? OTHER : known.toString(), epochMillis);
      tallies.put(key, tally);
    }
    tally.count++;
    tally.note = note;
    tally.lastMillis = epochMillis;
    return new Sighting(key.site() == null, isNew);
  }

  /** All entries, in no order. */
  List<Entry<C>> entries() {
    return tallies.entrySet().stream().map(SiteTallies::entry).toList();
  }

  private static <C> Entry<C> entry(Map.Entry<Key<C>, Tally> entry) {
    Tally tally = entry.getValue();
    return new Entry<>(
        entry.getKey().cause(),
        tally.site,
        tally.note,
        tally.count,
        tally.firstMillis,
        tally.lastMillis);
  }
}
