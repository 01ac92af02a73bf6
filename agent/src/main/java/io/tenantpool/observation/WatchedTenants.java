package io.tenantpool.observation;

import io.tenantpool.pool.Ticker;
import io.tenantpool.pool.WatchedSnapshot;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The tenants of one server whose connections are only watched, in JMX. Nobody tells when one of
 * them opens its first connection or closes its last: it is looked at, once a second at most. As
 * tenants of the pool do, they stay for {@link PresenceBook#GRACE_NANOS}, and only so many appear
 * at once. Belongs to the observation thread.
 */
final class WatchedTenants {

  static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String server;
  private final PoolFigures pool;
  private final MBeans mbeans;
  private final Ticker ticker;
  private final Map<String, Shown> shown = new LinkedHashMap<>();
  private long lookedAt;
  private boolean settled = true;

  WatchedTenants(String server, PoolFigures pool, MBeans mbeans, Ticker ticker) {
    this.server = server;
    this.pool = pool;
    this.mbeans = mbeans;
    this.ticker = ticker;
    this.lookedAt = ticker.nanos() - PAUSE_NANOS;
  }

  /** Shows who holds connections, or did a moment ago, and hides who has held none for long. */
  void sweep() {
    long now = ticker.nanos();
    if (now - lookedAt < PAUSE_NANOS) {
      return;
    }
    lookedAt = now;
    Set<String> holding =
        pool.recentlyWatched(server).stream()
            .map(WatchedSnapshot::tenant)
            .collect(Collectors.toSet());
    hide(holding, now);
    holding.removeAll(shown.keySet());
    holding.stream().limit(PresenceBook.NEWCOMERS_PER_SWEEP).forEach(this::show);
    settled =
        holding.size() <= PresenceBook.NEWCOMERS_PER_SWEEP
            && shown.values().stream().allMatch(tenant -> tenant.holding);
  }

  /** Whether nobody waits to be shown or hidden. */
  boolean isSettled() {
    return settled;
  }

  void close() {
    shown.values().forEach(tenant -> tenant.unregister.run());
    shown.clear();
    settled = true;
  }

  private void hide(Set<String> holding, long now) {
    for (Iterator<Map.Entry<String, Shown>> i = shown.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<String, Shown> entry = i.next();
      Shown tenant = entry.getValue();
      if (holding.contains(entry.getKey())) {
        tenant.holding = true;
      } else if (tenant.holding) {
        tenant.holding = false;
        tenant.since = now;
      } else if (now - tenant.since >= PresenceBook.GRACE_NANOS) {
        i.remove();
        tenant.unregister.run();
      }
    }
  }

  private void show(String tenant) {
    Cached<WatchedSnapshot> seen =
        new Cached<>(
            ticker, NoFigures.watched(tenant), last -> pool.watched(server, tenant).orElse(last));
    shown.put(
        tenant,
        new Shown(
            mbeans.register(
                Names.watchedTenant(server, tenant),
                new DescribedMBean<>(new WatchedTenantView(seen), WatchedTenantMXBean.class))));
  }

  private static final class Shown {
    final Runnable unregister;
    boolean holding = true;
    long since;

    Shown(Runnable unregister) {
      this.unregister = unregister;
    }
  }
}
