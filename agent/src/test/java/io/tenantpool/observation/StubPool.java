package io.tenantpool.observation;

import io.tenantpool.config.EvictionOrder;
import io.tenantpool.config.LendingOrder;
import io.tenantpool.config.NotPooled;
import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.config.Settings;
import io.tenantpool.config.TenantCap;
import io.tenantpool.connection.Pin;
import io.tenantpool.pool.CircuitSnapshot;
import io.tenantpool.pool.CircuitState;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.Holder;
import io.tenantpool.pool.PinSite;
import io.tenantpool.pool.RefusalCause;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.TenantSnapshot;
import io.tenantpool.pool.Unpooled;
import io.tenantpool.pool.WaitCause;
import io.tenantpool.pool.WaitTally;
import io.tenantpool.pool.WaitingThread;
import io.tenantpool.pool.WatchedSnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pool of one server whose figures a test writes by hand. */
final class StubPool implements PoolFigures {

  static final String SERVER = "db:5432";

  final List<String> operations = new ArrayList<>();
  final List<PinSite> pinSites = new ArrayList<>();
  final List<WatchedSnapshot> watched = new ArrayList<>();
  final List<Unpooled.Site> notPooledSites = new ArrayList<>();
  final Map<NotPooled, Long> notPooled = new EnumMap<>(NotPooled.class);
  final List<Holder> holders = new ArrayList<>();
  final List<WaitingThread> waiting = new ArrayList<>();
  int snapshots;
  long borrows = 8;

  /** 0 when nothing of it is open and nobody waits. */
  int inUse = 1;

  @Nullable RuntimeException failure;
  private final Map<String, TenantSnapshot> tenants = new LinkedHashMap<>();

  /** Changes of the default settings. */
  SettingOperations changes(AgentLog log) {
    NoticeFeed notices =
        new NoticeFeed(new EventQueue(), new ManualTicker(), (notice, message) -> {});
    return new SettingOperations(new RuntimeSettings(Settings.defaults()), this, log, notices);
  }

  /** A tenant with one idle connection, or with none. */
  void tenant(String tenant, boolean live) {
    tenant(tenant, live, "jdbc:postgresql://db:5432/" + tenant);
  }

  void tenant(String tenant, boolean live, String url) {
    int open = live ? 1 : 0;
    tenants.put(
        tenant,
        new TenantSnapshot(
            SERVER,
            tenant,
            url,
            3,
            live,
            open,
            0,
            0,
            open,
            0,
            2,
            5,
            borrows,
            80_000,
            30_000,
            6,
            1,
            2,
            3,
            4_000_000,
            7,
            Map.of(EvictionCause.CAPACITY, 4L),
            Map.of(Pin.TRANSACTION, 9L),
            1_700_000_000_000L,
            CircuitState.HALF_OPEN,
            17,
            2,
            1,
            18,
            Map.of(WaitCause.SHARE, new WaitTally(4, 8_000_000)),
            1,
            2));
  }

  @Override
  public Map<NotPooled, Long> notPooled() {
    return notPooled;
  }

  @Override
  public Map<NotPooled, Long> notPooled(String server) {
    return notPooled;
  }

  @Override
  public List<Unpooled.Site> notPooledSites() {
    return notPooledSites;
  }

  @Override
  public List<ServerSnapshot> servers() {
    return List.of(snapshot());
  }

  @Override
  public Optional<ServerSnapshot> server(String server) {
    return server.equals(SERVER) ? Optional.of(snapshot()) : Optional.empty();
  }

  private ServerSnapshot snapshot() {
    if (failure != null) {
      throw failure;
    }
    snapshots++;
    return new ServerSnapshot(
        SERVER,
        97,
        100,
        97,
        0,
        10,
        3,
        inUse * 20,
        inUse * 12,
        inUse,
        inUse * 7,
        inUse * 4,
        tenants.size(),
        liveTenants(SERVER).size(),
        21,
        13,
        6,
        inUse * 2,
        5,
        borrows,
        80_000,
        30_000,
        6,
        1,
        Map.of(RefusalCause.LINE_FULL, 3L),
        2,
        3,
        4_000_000,
        7,
        0,
        Map.of(EvictionCause.CAPACITY, 4L),
        Map.of(Pin.TRANSACTION, 9L),
        new CircuitSnapshot(CircuitState.OPEN, 6, 11, 14, 15, 16, 17),
        TenantCap.ELASTIC,
        "acme<=10",
        5,
        19,
        Map.of(WaitCause.BUDGET, new WaitTally(2, 6_000_000)),
        9,
        Map.of("HikariCP", 3L),
        EvictionOrder.FREQUENCY,
        EvictionOrder.LRU,
        LendingOrder.LIFO);
  }

  @Override
  public List<TenantSnapshot> liveTenants(String server) {
    return tenants.values().stream().filter(TenantSnapshot::live).toList();
  }

  @Override
  public Optional<TenantSnapshot> tenant(String server, String tenant) {
    return Optional.ofNullable(tenants.get(tenant));
  }

  @Override
  public List<PinSite> pinSites(String server) {
    return List.copyOf(pinSites);
  }

  @Override
  public List<WatchedSnapshot> watched(String server) {
    return List.copyOf(watched);
  }

  @Override
  public Optional<WatchedSnapshot> watched(String server, String tenant) {
    return watched.stream().filter(seen -> seen.tenant().equals(tenant)).findFirst();
  }

  @Override
  public List<WatchedSnapshot> recentlyWatched(String server) {
    return watched.stream().filter(seen -> !seen.tenant().isEmpty() && seen.held() > 0).toList();
  }

  @Override
  public void publishSamples() {
    operations.add("publishSamples");
  }

  @Override
  public List<Holder> longestHolders(String server, int most) {
    return holders.stream().limit(most).toList();
  }

  @Override
  public List<Holder> longestHolders(String server, String tenant, int most) {
    return holders.stream().filter(h -> h.tenant().equals(tenant)).limit(most).toList();
  }

  @Override
  public List<WaitingThread> waitingLine(String server, int most) {
    return waiting.stream().limit(most).toList();
  }

  @Override
  public boolean limitTenant(String server, String tenant, int cap) {
    operations.add("limitTenant " + server + " " + tenant + " " + cap);
    return tenants.containsKey(tenant);
  }

  @Override
  public int evictIdle(String server) {
    operations.add("evictIdle " + server);
    return 7;
  }

  @Override
  public int evictIdle(String server, String tenant) {
    operations.add("evictIdle " + server + " " + tenant);
    return 1;
  }

  @Override
  public boolean closeTenant(String server, String tenant) {
    operations.add("closeTenant " + server + " " + tenant);
    return tenants.containsKey(tenant);
  }

  @Override
  public int closeDatabase(String server, String database) {
    operations.add("closeDatabase " + server + " " + database);
    return 2;
  }

  @Override
  public void resetPeaks(String server) {
    operations.add("resetPeaks " + server);
  }
}
