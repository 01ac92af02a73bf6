package io.tenantpool.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tenantpool.config.NotPooled;
import io.tenantpool.connection.Origin;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of the application is not pooled: how often by reason, of each server, and where. It has a
 * lock of its own, under which nothing else happens: no borrow ever comes here. Thread-safe.
 */
public final class UnpooledBook {

  /** The server of what belongs to none, or to one that cannot be told. */
  private static final String NO_SERVER = "";

  /** A second or two apart. */
  private static final int LOOKS = 8;

  private record Kind(NotPooled reason, String server) {}

  private final Herald herald;
  private final Ticker ticker;
  private final Housekeeper housekeeper;

  @GuardedBy("this")
  private final Map<String, Map<NotPooled, Long>> counts = new HashMap<>();

  @GuardedBy("this")
  private final SiteTallies<Kind> sites = new SiteTallies<>();

  UnpooledBook(Herald herald, Ticker ticker, Housekeeper housekeeper) {
    this.herald = herald;
    this.ticker = ticker;
    this.housekeeper = housekeeper;
  }

  /** Counts it, and tells of it the first time that its reason comes from its site. */
  public void add(Unpooled one) {
    if (count(one)) {
      herald.tell(told -> told.notPooled(one));
    }
  }

  /**
   * An application pool that was never seen to lend a connection uses one, which is {@code one}
   * unless the pool is seen to lend within some ten seconds: an application that starts on a busy
   * machine takes its time between a pool's first connection and its first checkout.
   */
  public void suspect(Origin origin, Unpooled one) {
    suspect(origin, one, LOOKS);
  }

  private void suspect(Origin origin, Unpooled one, int looks) {
    if (looks == 0) {
      add(one);
    } else {
      housekeeper.lookAgain(
          () -> {
            if (!origin.lends()) {
              suspect(origin, one, looks - 1);
            }
          });
    }
  }

  private synchronized boolean count(Unpooled one) {
    String known = one.server();
    String server = known == null ? NO_SERVER : known;
    counts
        .computeIfAbsent(server, name -> new EnumMap<>(NotPooled.class))
        .merge(one.reason(), 1L, Long::sum);
    return sites
        .seen(new Kind(one.reason(), server), one.site(), one.detail(), ticker.epochMillis())
        .isNew();
  }

  /** By reason, of one server; reasons that never occurred are absent. */
  public synchronized Map<NotPooled, Long> counts(String server) {
    return Map.copyOf(counts.getOrDefault(server, Map.of()));
  }

  /** By reason, of all servers and of what belongs to none. */
  public synchronized Map<NotPooled, Long> counts() {
    Map<NotPooled, Long> all = new EnumMap<>(NotPooled.class);
    counts.values().forEach(some -> some.forEach((reason, n) -> all.merge(reason, n, Long::sum)));
    return all;
  }

  /** Where something is not pooled, the most frequent first. */
  public List<Unpooled.Site> sites() {
    return Unpooled.byCount(snapshot());
  }

  private synchronized List<Unpooled.Site> snapshot() {
    return sites.entries().stream()
        .map(
            entry ->
                new Unpooled.Site(
                    entry.cause().reason(),
                    entry.cause().server(),
                    entry.site(),
                    entry.note(),
                    entry.count(),
                    entry.firstMillis(),
                    entry.lastMillis()))
        .toList();
  }
}
