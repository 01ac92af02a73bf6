package io.tenantpool.observation;

import io.tenantpool.pool.PinSite;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.WatchedSnapshot;
import java.util.List;
import java.util.function.Supplier;

/** Answers {@link ServerMXBean}. */
final class ServerView extends ConnectionView implements ServerMXBean {

  private final Cached<ServerSnapshot> snapshot;
  private final Supplier<List<PinSite>> pinSites;
  private final Supplier<List<WatchedSnapshot>> watched;
  private final CapacityCurves curves;
  private final Operations operations;
  private final String server;

  ServerView(
      String server,
      Cached<ServerSnapshot> snapshot,
      Supplier<List<PinSite>> pinSites,
      Supplier<List<WatchedSnapshot>> watched,
      CapacityCurves curves,
      BorrowTimes times,
      Operations operations) {
    super(times);
    this.server = server;
    this.snapshot = snapshot;
    this.pinSites = pinSites;
    this.watched = watched;
    this.curves = curves;
    this.operations = operations;
  }

  @Override
  ConnectionCounts counts() {
    return ConnectionCounts.of(snapshot.get());
  }

  @Override
  public int getBudget() {
    return snapshot.get().budget();
  }

  @Override
  public int getConfiguredBudget() {
    return snapshot.get().configuredBudget();
  }

  @Override
  public int getReserved() {
    return snapshot.get().reserved();
  }

  @Override
  public int getPerTenant() {
    return snapshot.get().perTenant();
  }

  @Override
  public int getPeakOpen() {
    return snapshot.get().peakOpen();
  }

  @Override
  public int getBypassed() {
    return snapshot.get().bypassed();
  }

  @Override
  public long getBypassedOpens() {
    return snapshot.get().bypassedOpens();
  }

  @Override
  public int getTenants() {
    return snapshot.get().tenants();
  }

  @Override
  public int getLiveTenants() {
    return snapshot.get().liveTenants();
  }

  @Override
  public PinSiteFigures[] getPinSites() {
    return pinSites.get().stream().map(PinSiteFigures::new).toArray(PinSiteFigures[]::new);
  }

  @Override
  public WatchedFigures[] getWatched() {
    return WatchedFigures.rows(watched.get());
  }

  @Override
  public CapacityFigures[] getCapacityCurve() {
    return curves.rows(snapshot.get(), WatchedFigures.ofServer(watched.get()));
  }

  @Override
  public int getRecommendedMaxConnections() {
    return curves.recommended(snapshot.get(), WatchedFigures.ofServer(watched.get()));
  }

  @Override
  public int evictIdle() {
    int evicted = operations.evictIdle(server);
    snapshot.expire();
    return evicted;
  }

  @Override
  public boolean closeTenant(String tenant) {
    boolean known = operations.closeTenant(server, tenant);
    snapshot.expire();
    return known;
  }

  @Override
  public void resetPeaks() {
    operations.resetPeaks(server);
    snapshot.expire();
  }
}
