package io.tenantpool.pool;

import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.CallStack;
import io.tenantpool.connection.Caller;
import io.tenantpool.connection.Headroom;
import io.tenantpool.connection.Lease;
import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalOpener;
import io.tenantpool.connection.Reachability;
import io.tenantpool.connection.Watch;
import io.tenantpool.routing.Route;
import io.tenantpool.upkeep.AgentThread;
import io.tenantpool.upkeep.AgentThreads;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The only way in: every borrow, every figure and every operation on the pool. Thread-safe. */
public final class PoolManager implements AutoCloseable {

  private static final long CLOSE_MILLIS = 2000;

  private final RuntimeSettings settings;
  private final Ticker ticker;
  private final PoolListener listener;
  private final Herald herald;
  private final ConnectionWatch watch;
  private final ConcurrentHashMap<String, ServerPool> servers = new ConcurrentHashMap<>();
  private final AgentThreads threads;
  private final Housekeeper housekeeper;
  private final Deadlines deadlines;
  private final UnpooledBook unpooled;
  private volatile boolean closed;
  private volatile boolean draining;

  /** A pool without connections; {@code listener} hears all that it does. */
  public PoolManager(Settings settings, Ticker ticker, PoolListener listener) {
    this(new RuntimeSettings(settings), ticker, listener);
  }

  /** The same with settings that may change. */
  public PoolManager(RuntimeSettings settings, Ticker ticker, PoolListener listener) {
    this(settings, ticker, listener, new AgentThreads(listener.faults(), Ticker.system()::nanos));
  }

  /** The same among the agent's threads. */
  public PoolManager(
      RuntimeSettings settings, Ticker ticker, PoolListener listener, AgentThreads threads) {
    Headroom.prepare();
    this.settings = settings;
    this.ticker = ticker;
    this.listener = listener;
    this.herald = new Herald(listener);
    this.watch = herald.watch();
    this.threads = threads;
    this.housekeeper = new Housekeeper(servers.values(), threads);
    this.deadlines = new Deadlines(ticker, herald, housekeeper::employ);
    this.unpooled = new UnpooledBook(herald, ticker, housekeeper);
    settings.listen(change -> servers.values().forEach(pool -> bind(pool, null)));
  }

  /** Starts the thread that resets, retires and tidies up. A second call does nothing. */
  public void start() {
    housekeeper.start();
  }

  /**
   * Lends a physical connection of the route's pool key, opening one through {@code opener} on this
   * thread when none is free and the caps allow it, waiting in the tenant's line otherwise.
   *
   * @throws SQLException what the driver threw while opening, or {@link
   *     java.sql.SQLTransientConnectionException} with SQLState {@code 53300} when the acquire
   *     timeout passed, {@code 08001} when a shorter one of the request's own did, {@code TP001}
   *     when the thread was interrupted and waited on in vain, or {@link NotPoolingException}
   */
  public Lease borrow(Route.Pooled route, PhysicalOpener opener) throws SQLException {
    return borrow(route, opener, null);
  }

  /**
   * The same for an application pool: the session may be as an earlier checkout of {@code origin}
   * left it, and is as new when anybody else has used it since. What {@code origin} leaves in it
   * stays, for {@code origin} alone.
   *
   * @param origin the application pool; null for the application itself, which gets a session that
   *     is as new
   * @throws SQLException as above
   */
  public Lease borrow(Route.Pooled route, PhysicalOpener opener, @Nullable Origin origin)
      throws SQLException {
    return borrow(route, opener, origin, null);
  }

  /**
   * The same on behalf of {@code caller}, whose own limits bound the wait as well.
   *
   * @param caller a call of a connection that lacks its session; null when a connection is opened
   * @throws SQLException as above, or as the {@link io.tenantpool.connection.WaitEnd} says that has
   *     ended the wait
   */
  public Lease borrow(
      Route.Pooled route, PhysicalOpener opener, @Nullable Origin origin, @Nullable Caller caller)
      throws SQLException {
    ServerPool pool = serverPool(route.server());
    ConnectionWatch.Borrowing watched = watch.borrowing();
    PooledLease lease = pool.borrow(route, opener, origin, caller);
    boolean had = false;
    try {
      if (watched != null) {
        lease.watchedBy(watched);
      }
      if (pool.watchesLeaks()) {
        lease.takenAt(CallStack.here());
      }
      had = true;
      return lease;
    } finally {
      if (!had) {
        // Nothing but writes of fields: the housekeeper ends it.
        lease.isOver = true;
        lease.custody.isLeft = true;
      }
    }
  }

  /** Whether the server answers. */
  public Reachability reachability(String server) {
    return serverPool(server).reachability();
  }

  /**
   * Whether the server has accepted the credentials of the route in a login, and has accepted none
   * since that would put them in doubt. False as well when nothing is known.
   */
  public boolean isProven(Route.Pooled route) {
    return find(route.server())
        .map(
            pool ->
                pool.books()
                    .ask(
                        ledger -> {
                          ProvenLogins logins =
                              ledger.book().accounts().find(route.key().account());
                          return logins != null && logins.admits(route.key());
                        }))
        .orElse(false);
  }

  /**
   * What is known of the logins of the route's account, as a thing to hold: it is known for as long
   * as a session is open, or somebody holds this.
   */
  public Object memoryOfLogins(Route.Pooled route) {
    return serverPool(route.server())
        .books()
        .ask(ledger -> ledger.book().accounts().of(route.key().account()));
  }

  /** That application pool has opened a connection to the server, which has no socket for that. */
  public void openedByPool(String server, Origin origin) {
    ServerPool known = servers.get(server);
    if (known != null) {
      known.asked().byPool(origin);
    }
  }

  /** The same of the application itself. */
  public void openedByApplication(String server) {
    ServerPool known = servers.get(server);
    if (known != null) {
      known.asked().byApplication();
    }
  }

  /**
   * Counts a connection to {@code server} that went straight to the driver, for as long as it is
   * open.
   */
  public void bypassed(String server, Connection connection) {
    serverPool(server).bypassed(connection);
  }

  /** What of the application is not pooled, and why. */
  public UnpooledBook unpooled() {
    return unpooled;
  }

  /**
   * Whether it pools. While it does not, {@link #borrow} throws {@link NotPoolingException}, also
   * in threads that wait there; what is idle is closed, and what is leased when it comes back.
   */
  public void pool(boolean on) {
    draining = !on;
    servers.values().forEach(this::drainIfWanted);
  }

  /** Whether it pools; one volatile read. */
  public boolean isPooling() {
    return !draining;
  }

  /**
   * The driver has opened a connection that is not pooled but watched; what is told to the returned
   * object is counted.
   *
   * @param ofPool whether it is an application pool's, which lends it; else the application's own
   * @param connectNanos how long that took
   */
  public Watch watch(Route.Pooled route, boolean ofPool, long connectNanos) {
    return serverPool(route.server()).watched().opened(route.tenant(), ofPool, connectNanos);
  }

  /** What was seen of the server's watched connections: all of them, then tenant by tenant. */
  public List<WatchedSnapshot> watched(String server) {
    return find(server).map(pool -> pool.watched().snapshots()).orElse(List.of());
  }

  /** What was seen of one tenant's; with an empty name, of all the server's. */
  public Optional<WatchedSnapshot> watched(String server, String tenant) {
    return find(server).flatMap(pool -> pool.watched().snapshot(tenant));
  }

  /** What was seen of the tenants that hold watched connections, or did within the last minute. */
  public List<WatchedSnapshot> recentlyWatched(String server) {
    return find(server).map(pool -> pool.watched().recent()).orElse(List.of());
  }

  /** Nanoseconds on the pool's clock. */
  public long nanos() {
    return ticker.nanos();
  }

  /** Has the calling thread wait for so long, less when it is interrupted. */
  public void pause(long nanos) {
    ticker.park(this, nanos);
  }

  /** Hands the listener the samples that have come together since the last time. */
  public void publishSamples() {
    servers.values().forEach(ServerPool::publishSamples);
  }

  private ServerPool serverPool(String server) {
    ServerPool pool = servers.get(server);
    return pool == null ? add(server) : pool;
  }

  private ServerPool add(String server) {
    Settings bound = settings.of(server);
    ServerPool added = new ServerPool(server, PoolLimits.of(bound), ticker, listener, deadlines);
    added.beside(servers.values());
    ServerPool before = servers.putIfAbsent(server, added);
    if (before != null) {
      return before;
    }
    bind(added, bound);
    housekeeper.wake();
    herald.tell(told -> told.serverAdded(server));
    drainIfWanted(added);
    if (closed) {
      added.operations().close();
    }
    return added;
  }

  /**
   * Has the server abide by the settings in force, those of a change under way included.
   *
   * @param bound those that it abides by already
   */
  private void bind(ServerPool pool, @Nullable Settings bound) {
    Settings inForce = settings.of(pool.name());
    while (inForce != bound) {
      pool.operations().change(PoolLimits.of(inForce));
      bound = inForce;
      inForce = settings.of(pool.name());
    }
  }

  /** Has the server pool or not, as is wanted, by a switch under way too. */
  private void drainIfWanted(ServerPool pool) {
    boolean wanted;
    do {
      wanted = draining;
      pool.operations().drain(wanted);
    } while (wanted != draining);
  }

  /** Every server seen so far. */
  public List<ServerSnapshot> servers() {
    List<ServerSnapshot> snapshots = new ArrayList<>();
    for (ServerPool pool : servers.values()) {
      snapshots.add(pool.read(Figures::server));
    }
    return snapshots;
  }

  /** One server. */
  public Optional<ServerSnapshot> server(String server) {
    return find(server).map(pool -> pool.read(Figures::server));
  }

  /** Every tenant of the server seen so far, or only the live ones. */
  public List<TenantSnapshot> tenants(String server, boolean liveOnly) {
    return find(server)
        .map(pool -> pool.read(figures -> figures.tenants(liveOnly)))
        .orElse(List.of());
  }

  /** One tenant. */
  public Optional<TenantSnapshot> tenant(String server, String tenant) {
    return find(server)
        .flatMap(
            pool ->
                pool.read(
                    figures ->
                        Optional.ofNullable(figures.ledger().tenants().find(tenant))
                            .map(figures::tenant)));
  }

  /** The places in the application that pinned leases of the server, the most frequent first. */
  public List<PinSite> pinSites(String server) {
    return find(server)
        .map(pool -> pool.read(figures -> figures.ledger().pinSites().snapshot()))
        .map(PinSite::byCount)
        .orElse(List.of());
  }

  /** Who holds a connection of the server, the longest first, so many at most. */
  public List<Holder> longestHolders(String server, int most) {
    return find(server)
        .map(pool -> Holder.longest(pool.read(figures -> figures.holders(null)), most))
        .orElse(List.of());
  }

  /** Who holds a connection of the tenant, the longest first, so many at most. */
  public List<Holder> longestHolders(String server, String tenant, int most) {
    return find(server)
        .map(pool -> Holder.longest(pool.read(figures -> figures.holders(tenant)), most))
        .orElse(List.of());
  }

  /** The threads that wait for a connection of the server, the longest first, so many at most. */
  public List<WaitingThread> waitingLine(String server, int most) {
    return find(server)
        .map(pool -> WaitingThread.longest(pool.read(Figures::waiting), most))
        .orElse(List.of());
  }

  /**
   * Another cap for one tenant that was seen already, until that of all tenants is changed; what
   * the tenant holds beyond it is closed, leases when they come back. False without such a tenant.
   */
  public boolean limitTenant(String server, String tenant, int cap) {
    return find(server).map(pool -> pool.operations().limitTenant(tenant, cap)).orElse(false);
  }

  /**
   * The application pool {@code origin} has closed its last connection to the route: closes what is
   * kept for it, on the calling thread.
   */
  public void abandoned(Route.Pooled route, Origin origin) {
    find(route.server()).ifPresent(pool -> pool.operations().abandoned(route.tenant(), origin));
  }

  /**
   * A connection of the application pool {@code origin} that has worked was closed: see {@link
   * io.tenantpool.connection.PooledSource#closed}.
   */
  public void closed(Route.Pooled route, Origin origin, long connection) {
    find(route.server())
        .ifPresent(pool -> pool.operations().closed(route.tenant(), origin, connection));
  }

  /**
   * Closes every idle connection to the database now, whatever tenants they are of, and the leased
   * ones when they come back; returns how many were idle.
   */
  public int closeDatabase(String server, String database) {
    return find(server).map(pool -> pool.operations().closeDatabase(database)).orElse(0);
  }

  /** Closes every idle connection of the server; returns how many. */
  public int evictIdle(String server) {
    return find(server).map(pool -> pool.operations().evictIdle()).orElse(0);
  }

  /** Closes every idle connection of the tenant; returns how many. */
  public int evictIdle(String server, String tenant) {
    return find(server).map(pool -> pool.operations().evictIdle(tenant)).orElse(0);
  }

  /**
   * Closes the tenant's idle connections now and its leased ones when they come back. The tenant
   * may come back with its next request. False when there is no such tenant.
   */
  public boolean closeTenant(String server, String tenant) {
    return find(server).map(pool -> pool.operations().closeTenant(tenant)).orElse(false);
  }

  /** Sets the server's peaks and longest borrow, and those of its tenants, back to what is now. */
  public void resetPeaks(String server) {
    find(server).ifPresent(pool -> pool.operations().resetPeaks());
  }

  /**
   * Closes what is idle now and what is leased when it comes back; lends nothing any more. Returns
   * after two seconds at most, whoever holds whatever lock and whatever server is silent; what is
   * not closed by then is closed later.
   */
  @Override
  public void close() {
    closed = true;
    Queue<ServerPool> left = new ConcurrentLinkedQueue<>(servers.values());
    AgentThread closing =
        threads.unwatched(
            "tenant-pool-close",
            () -> {
              ServerPool pool = left.poll();
              if (pool != null) {
                close(pool);
              }
              return pool != null;
            });
    closing.start();
    closing.join(CLOSE_MILLIS);
    housekeeper.stop();
  }

  private static void close(ServerPool pool) {
    try {
      pool.operations().close();
      while (pool.work()) {
        // Closes on this thread what the worker has not closed yet.
      }
    } finally {
      pool.worker().stop();
    }
  }

  private Optional<ServerPool> find(String server) {
    return Optional.ofNullable(servers.get(server));
  }
}
