package io.tenantpool.observation;

import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.Setting;
import io.tenantpool.config.SettingKey;
import io.tenantpool.config.Settings;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.upkeep.Faults;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** Answers {@link PoolManagerMXBean}. */
final class PoolManagerView implements PoolManagerMXBean {

  /** What the agent counts about itself. */
  record OwnCounts(Faults faults, LongSupplier lostEvents, LongSupplier lostSamples) {}

  private final String version;
  private final PoolFigures pool;
  private final SettingOperations changes;
  private final Cached<List<ServerSnapshot>> servers;
  private final Operations operations;
  private final ModeSwitch mode;
  private final Report report;
  private final OwnCounts own;

  PoolManagerView(
      String version,
      PoolFigures pool,
      SettingOperations changes,
      Cached<List<ServerSnapshot>> servers,
      Operations operations,
      ModeSwitch mode,
      Report report,
      OwnCounts own) {
    this.version = version;
    this.pool = pool;
    this.changes = changes;
    this.servers = servers;
    this.operations = operations;
    this.mode = mode;
    this.report = report;
    this.own = own;
  }

  private int sum(ToIntFunction<ServerSnapshot> figure) {
    return servers.get().stream().mapToInt(figure).sum();
  }

  private long total(ToLongFunction<ServerSnapshot> figure) {
    return servers.get().stream().mapToLong(figure).sum();
  }

  @Override
  public String getVersion() {
    return version;
  }

  @Override
  public String getMode() {
    return mode.current().toString();
  }

  @Override
  public String[] getServers() {
    return servers.get().stream().map(ServerSnapshot::server).toArray(String[]::new);
  }

  @Override
  public int getOpen() {
    return sum(ServerSnapshot::open);
  }

  @Override
  public int getActive() {
    return sum(ServerSnapshot::active);
  }

  @Override
  public int getIdle() {
    return sum(ServerSnapshot::idle);
  }

  @Override
  public int getWaiting() {
    return sum(ServerSnapshot::waiting);
  }

  @Override
  public int getBypassed() {
    return sum(ServerSnapshot::bypassed);
  }

  @Override
  public Map<String, Long> getNotPooledByReason() {
    return NotPooledFigures.byReason(pool.notPooled());
  }

  @Override
  public NotPooledFigures[] getNotPooledSites() {
    return pool.notPooledSites().stream()
        .map(NotPooledFigures::new)
        .toArray(NotPooledFigures[]::new);
  }

  @Override
  public int getTenants() {
    return sum(ServerSnapshot::tenants);
  }

  @Override
  public int getLiveTenants() {
    return sum(ServerSnapshot::liveTenants);
  }

  @Override
  public long getBorrows() {
    return total(ServerSnapshot::borrows);
  }

  @Override
  public double getBorrowMicrosMean() {
    return ConnectionCounts.micros(total(ServerSnapshot::borrowNanos), getBorrows());
  }

  @Override
  public double getHitRate() {
    return ConnectionCounts.ratio(total(ServerSnapshot::hits), getBorrows());
  }

  @Override
  public long getTimeouts() {
    return total(ServerSnapshot::timeouts);
  }

  @Override
  public long getOpens() {
    return total(ServerSnapshot::opens);
  }

  @Override
  public long getOpenFailures() {
    return total(ServerSnapshot::openFailures);
  }

  @Override
  public Map<String, Long> getEvictions() {
    return ConnectionCounts.evictions(servers.get());
  }

  @Override
  public long getAgentFaults() {
    return own.faults().ofTheAgent();
  }

  @Override
  public long getObservationFaults() {
    return own.faults().ofObservation();
  }

  @Override
  public Map<String, Long> getFaultsByKind() {
    return own.faults().byKind();
  }

  @Override
  public long getLostEvents() {
    return own.lostEvents().getAsLong();
  }

  @Override
  public long getLostSamples() {
    return own.lostSamples().getAsLong();
  }

  @Override
  public int getMaxConnections() {
    return settings().maxConnections();
  }

  @Override
  public int getReservedConnections() {
    return settings().reservedConnections();
  }

  @Override
  public int getMaxConnectionsPerTenant() {
    return settings().maxConnectionsPerTenant();
  }

  @Override
  public long getAcquireTimeoutMillis() {
    return settings().acquireTimeout().toMillis();
  }

  @Override
  public long getMaxIdleTimeMillis() {
    return settings().maxIdleTime().toMillis();
  }

  @Override
  public long getMaxLifetimeMillis() {
    return settings().maxLifetime().toMillis();
  }

  @Override
  public long getLeakDetectionThresholdMillis() {
    return settings().leakDetectionThreshold().toMillis();
  }

  @Override
  public String getLogLevel() {
    return settings().logLevel().toString();
  }

  @Override
  public SettingFigures[] getSettings() {
    return settings().effective().stream().map(SettingFigures::new).toArray(SettingFigures[]::new);
  }

  @Override
  public String[] getSettingsInForce() {
    return settings().effective().stream().map(Setting::toString).toArray(String[]::new);
  }

  @Override
  public void setMaxConnections(int connections) {
    changes.change(SettingKey.MAX_CONNECTIONS, connections);
    servers.expire();
  }

  @Override
  public void setReservedConnections(int connections) {
    changes.change(SettingKey.RESERVED_CONNECTIONS, connections);
  }

  @Override
  public void setMaxConnectionsPerTenant(int connections) {
    changes.change(SettingKey.MAX_CONNECTIONS_PER_TENANT, connections);
  }

  @Override
  public void setAcquireTimeoutMillis(long millis) {
    changes.changeMillis(SettingKey.ACQUIRE_TIMEOUT, millis);
  }

  @Override
  public void setMaxIdleTimeMillis(long millis) {
    changes.changeMillis(SettingKey.MAX_IDLE_TIME, millis);
  }

  @Override
  public void setMaxLifetimeMillis(long millis) {
    changes.changeMillis(SettingKey.MAX_LIFETIME, millis);
  }

  @Override
  public void setLeakDetectionThresholdMillis(long millis) {
    changes.changeMillis(SettingKey.LEAK_DETECTION_THRESHOLD, millis);
  }

  @Override
  public void setLogLevel(String level) {
    changes.change(SettingKey.LOG_LEVEL, level);
  }

  @Override
  public String changeSetting(String key, String value) {
    String done = changes.change(key, value);
    servers.expire();
    return done;
  }

  private Settings settings() {
    return changes.settings().get();
  }

  @Override
  public String getReset() {
    return settings().reset().toString();
  }

  @Override
  public String report() {
    return report.text();
  }

  @Override
  public void setMode(String wanted) {
    changes.change(SettingKey.MODE, wanted);
  }

  @Override
  public void resetPeaks() {
    for (String server : getServers()) {
      operations.resetPeaks(server);
    }
    servers.expire();
  }
}
