package io.tenantpool.observation;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.tenantpool.config.Settings;
import io.tenantpool.pool.TenantSnapshot;
import io.tenantpool.pool.Ticker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows servers and tenants in JMX: the agent's MXBeans, HikariCP's, and the meters. */
final class JmxStage implements Presence.Stage, AutoCloseable {

  private final PoolFigures pool;
  private final CapacityCurves curves;
  private final Operations operations;
  private final SettingOperations changes;
  private final boolean hikariMbeans;
  private final Ticker ticker;
  private final MBeans mbeans;
  private final @Nullable AgentMeterRegistry meters;
  private final List<WatchedTenants> watched = new ArrayList<>();

  @SuppressWarnings("UnusedVariable") // keeps what Micrometer refers to weakly
  private @Nullable ManagerMeters managerMeters;

  JmxStage(
      PoolFigures pool,
      CapacityCurves curves,
      Operations operations,
      SettingOperations changes,
      Ticker ticker,
      MBeans mbeans) {
    this.pool = pool;
    this.curves = curves;
    this.operations = operations;
    this.changes = changes;
    this.ticker = ticker;
    this.mbeans = mbeans;
    Settings settings = changes.settings().get();
    this.hikariMbeans = settings.hikariMbeans();
    this.meters = settings.meters() ? AgentMeterRegistry.on(mbeans.server()) : null;
  }

  /** Shows the whole; returns what takes it away. */
  Runnable manager(PoolManagerMXBean view, NoticeBoard notices) {
    if (meters != null) {
      managerMeters = new ManagerMeters(meters, view);
    }
    return mbeans.register(
        Names.POOL_MANAGER, new EmittingMBean<>(view, PoolManagerMXBean.class, notices));
  }

  @Override
  public Presence server(String server) {
    ServerFigures figures = ServerFigures.of(pool, server, ticker);
    BorrowTimes times = new BorrowTimes();
    ServerView view =
        new ServerView(server, figures.pooled(), pool, curves, times, operations, changes);
    curves.begin(server, ticker.nanos());
    watched.add(new WatchedTenants(server, pool, mbeans, ticker));
    return new ServerPresence(
        server,
        curves,
        times,
        mbeans.register(Names.server(server), new DescribedMBean<>(view, ServerMXBean.class)),
        meters == null ? null : new ServerMeters(meters, server, figures));
  }

  /** Looks who holds connections that are only watched. */
  @Override
  public void sweep() {
    watched.forEach(WatchedTenants::sweep);
  }

  @Override
  public boolean isSettled() {
    return watched.stream().allMatch(WatchedTenants::isSettled);
  }

  @Override
  public Presence tenant(String server, String tenant) {
    Cached<TenantSnapshot> snapshot =
        new Cached<>(
            ticker,
            NoFigures.tenant(server, tenant),
            last -> pool.tenant(server, tenant).orElse(last));
    BorrowTimes times = new BorrowTimes();
    TenantView view = new TenantView(server, tenant, snapshot, pool, times, operations);
    List<Runnable> unregister = new ArrayList<>();
    unregister.add(
        mbeans.register(
            Names.tenant(server, tenant), new DescribedMBean<>(view, TenantMXBean.class)));
    String hikariPool = Names.hikariPool(server, tenant);
    if (hikariMbeans) {
      unregister.add(
          mbeans.register(
              Names.hikariPoolMBean(hikariPool),
              new HikariPoolView(server, tenant, snapshot, operations)));
      unregister.add(
          mbeans.register(
              Names.hikariConfigMBean(hikariPool),
              new HikariConfigView(server, tenant, changes, snapshot)));
    }
    return new TenantPresence(times, unregister, tracker(hikariPool, snapshot));
  }

  private @Nullable IMetricsTracker tracker(String pool, Cached<TenantSnapshot> snapshot) {
    return meters == null
        ? null
        : new MicrometerMetricsTrackerFactory(meters).create(pool, new TenantPoolStats(snapshot));
  }

  @Override
  public void close() {
    watched.forEach(WatchedTenants::close);
    if (meters != null) {
      meters.close();
    }
  }
}
