package io.tenantpool.observation;

import io.tenantpool.pool.RefusalCause;
import io.tenantpool.pool.ServerSnapshot;
import java.util.Map;
import java.util.stream.Stream;

/** Answers {@link ServerMXBean}. */
final class ServerView extends ConnectionView implements ServerMXBean {

  static final int MOST_HOLDERS = 20;
  private static final int MOST_WAITERS = 100;

  private final Cached<ServerSnapshot> snapshot;
  private final PoolFigures pool;
  private final CapacityCurves curves;
  private final Operations operations;
  private final SettingOperations changes;
  private final String server;

  ServerView(
      String server,
      Cached<ServerSnapshot> snapshot,
      PoolFigures pool,
      CapacityCurves curves,
      BorrowTimes times,
      Operations operations,
      SettingOperations changes) {
    super(times);
    this.server = server;
    this.snapshot = snapshot;
    this.pool = pool;
    this.curves = curves;
    this.operations = operations;
    this.changes = changes;
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
  public int getBudget() {
    return snapshot.get().budget();
  }

  @Override
  public int getConfiguredBudget() {
    return snapshot.get().configuredBudget();
  }

  @Override
  public void setConfiguredBudget(int connections) {
    changes.changeMaxConnections(server, connections);
    snapshot.expire();
  }

  @Override
  public HolderFigures[] getLongestHolders() {
    return pool.longestHolders(server, MOST_HOLDERS).stream()
        .map(HolderFigures::new)
        .toArray(HolderFigures[]::new);
  }

  @Override
  public WaiterFigures[] getWaitingLine() {
    return pool.waitingLine(server, MOST_WAITERS).stream()
        .map(WaiterFigures::new)
        .toArray(WaiterFigures[]::new);
  }

  @Override
  public String[] getLongestHoldersInWords() {
    return Stream.of(getLongestHolders()).map(HolderFigures::inWords).toArray(String[]::new);
  }

  @Override
  public String[] getWaitingLineInWords() {
    return Stream.of(getWaitingLine()).map(WaiterFigures::inWords).toArray(String[]::new);
  }

  @Override
  public int getAllowed() {
    return snapshot.get().allowed();
  }

  @Override
  public int getNeighboursLeave() {
    return snapshot.get().neighboursLeave();
  }

  @Override
  public Map<String, Long> getTurnedAway() {
    return ConnectionCounts.byName(RefusalCause.values(), snapshot.get().refusals());
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
  public String getTenantCap() {
    return snapshot.get().tenantCap().name();
  }

  @Override
  public String getEvictionOrder() {
    return snapshot.get().evictionOrder().name();
  }

  @Override
  public String getEvictionOrderNow() {
    return snapshot.get().evictionOrderNow().name();
  }

  @Override
  public String getLendingOrder() {
    return snapshot.get().lendingOrder().name();
  }

  @Override
  public String getTenantLimits() {
    return snapshot.get().tenantLimits();
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
  public String getCircuit() {
    return snapshot.get().circuit().state().name();
  }

  @Override
  public int getFailedInARow() {
    return snapshot.get().circuit().failedInARow();
  }

  @Override
  public long getCircuitOpenings() {
    return snapshot.get().circuit().openings();
  }

  @Override
  public int getTenantsShut() {
    return snapshot.get().circuit().tenantsShut();
  }

  @Override
  public long getUntried() {
    return snapshot.get().circuit().untried();
  }

  @Override
  public int getConnectPlaces() {
    return snapshot.get().circuit().places();
  }

  @Override
  public int getReplacementPlaces() {
    return snapshot.get().circuit().replacementPlaces();
  }

  @Override
  public long getLeaksSuspected() {
    return snapshot.get().leaksSuspected();
  }

  @Override
  public long getBypassedOpens() {
    return snapshot.get().bypassedOpens();
  }

  @Override
  public Map<String, Long> getNotPooledByReason() {
    return NotPooledFigures.byReason(pool.notPooled(server));
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
    return pool.pinSites(server).stream().map(PinSiteFigures::new).toArray(PinSiteFigures[]::new);
  }

  @Override
  public WatchedFigures[] getWatched() {
    return WatchedFigures.rows(pool.watched(server));
  }

  @Override
  public CapacityFigures[] getCapacityCurve() {
    return curves.rows(snapshot.get(), WatchedFigures.ofServer(pool.watched(server)));
  }

  @Override
  public int getRecommendedMaxConnections() {
    return curves.recommended(snapshot.get(), WatchedFigures.ofServer(pool.watched(server)));
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
  public int closeDatabase(String database) {
    int closed = operations.closeDatabase(server, database);
    snapshot.expire();
    return closed;
  }

  @Override
  public void resetPeaks() {
    operations.resetPeaks(server);
    snapshot.expire();
  }
}
