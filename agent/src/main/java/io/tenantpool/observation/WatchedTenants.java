package io.tenantpool.observation;

import io.tenantpool.pool.Ticker;
import io.tenantpool.pool.WatchedSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The tenants of one server whose connections are only watched, in JMX. Nobody tells when one of
 * them opens its first connection or closes its last: it is looked at, once a second at most. As
 * with tenants of the pool, only so many appear at once. Belongs to the observation thread.
 */
final class WatchedTenants {

  static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String server;
  private final PoolFigures pool;
  private final MBeans mbeans;
  private final Ticker ticker;
  private final Map<String, Runnable> unregister = new LinkedHashMap<>();
  private long lookedAt;
  private boolean settled = true;

  WatchedTenants(String server, PoolFigures pool, MBeans mbeans, Ticker ticker) {
    this.server = server;
    this.pool = pool;
    this.mbeans = mbeans;
    this.ticker = ticker;
    this.lookedAt = ticker.nanos() - PAUSE_NANOS;
  }

  /** Shows who holds connections, or did a moment ago, and hides the others. */
  void sweep() {
    long now = ticker.nanos();
    if (now - lookedAt < PAUSE_NANOS) {
      return;
    }
    lookedAt = now;
    Set<String> wanted =
        pool.recentlyWatched(server).stream()
            .map(WatchedSnapshot::tenant)
            .collect(Collectors.toSet());
    unregister
        .entrySet()
        .removeIf(
            tenant -> {
              boolean gone = !wanted.contains(tenant.getKey());
              if (gone) {
                tenant.getValue().run();
              }
              return gone;
            });
    wanted.removeAll(unregister.keySet());
    wanted.stream().limit(PresenceBook.NEWCOMERS_PER_SWEEP).forEach(this::show);
    settled = wanted.size() <= PresenceBook.NEWCOMERS_PER_SWEEP;
  }

  /** Whether nobody waits to be shown. */
  boolean isSettled() {
    return settled;
  }

  void close() {
    unregister.values().forEach(Runnable::run);
    unregister.clear();
    settled = true;
  }

  private void show(String tenant) {
    Cached<WatchedSnapshot> seen =
        new Cached<>(
            ticker, NoFigures.watched(tenant), last -> pool.watched(server, tenant).orElse(last));
    unregister.put(
        tenant,
        mbeans.register(
            Names.watchedTenant(server, tenant),
            new DescribedMBean<>(new WatchedTenantView(seen), WatchedTenantMXBean.class)));
  }
}
