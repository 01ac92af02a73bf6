package io.tenantpool.observation;

import io.tenantpool.pool.TenantSnapshot;
import java.time.Instant;

/** Answers {@link TenantMXBean}. */
final class TenantView extends ConnectionView implements TenantMXBean {

  private final String server;
  private final String tenant;
  private final Cached<TenantSnapshot> snapshot;
  private final PoolFigures pool;
  private final Operations operations;

  TenantView(
      String server,
      String tenant,
      Cached<TenantSnapshot> snapshot,
      PoolFigures pool,
      BorrowTimes times,
      Operations operations) {
    super(times);
    this.server = server;
    this.tenant = tenant;
    this.snapshot = snapshot;
    this.pool = pool;
    this.operations = operations;
  }

  @Override
  ConnectionCounts counts() {
    return ConnectionCounts.of(snapshot.get());
  }

  @Override
  SharingCounts sharing() {
    return SharingCounts.of(snapshot.get());
  }

  @Override
  public String getUrl() {
    return Secrets.hide(snapshot.get().url());
  }

  @Override
  public int getLimit() {
    return snapshot.get().limit();
  }

  @Override
  public int getMinimum() {
    return snapshot.get().minimum();
  }

  @Override
  public int getWeight() {
    return snapshot.get().weight();
  }

  @Override
  public boolean isLive() {
    return snapshot.get().live();
  }

  @Override
  public String getCircuit() {
    return snapshot.get().circuit().name();
  }

  @Override
  public long getUntried() {
    return snapshot.get().untried();
  }

  @Override
  public String getLastUsed() {
    return Instant.ofEpochMilli(getLastUsedMillis()).toString();
  }

  @Override
  public long getLastUsedMillis() {
    return snapshot.get().lastUsedMillis();
  }

  @Override
  public HolderFigures[] getLongestHolders() {
    return pool.longestHolders(server, tenant, ServerView.MOST_HOLDERS).stream()
        .map(HolderFigures::new)
        .toArray(HolderFigures[]::new);
  }

  @Override
  public int evictIdle() {
    int evicted = operations.evictIdle(server, tenant);
    snapshot.expire();
    return evicted;
  }

  @Override
  public boolean closeTenant() {
    boolean known = operations.closeTenant(server, tenant);
    snapshot.expire();
    return known;
  }
}
