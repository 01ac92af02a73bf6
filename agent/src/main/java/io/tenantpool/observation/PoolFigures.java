package io.tenantpool.observation;

import io.tenantpool.config.NotPooled;
import io.tenantpool.pool.Holder;
import io.tenantpool.pool.PinSite;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.TenantSnapshot;
import io.tenantpool.pool.Unpooled;
import io.tenantpool.pool.WaitingThread;
import io.tenantpool.pool.WatchedSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operators may read from the pool and ask of it: {@link PoolManager} less the borrowing. */
interface PoolFigures {

  List<ServerSnapshot> servers();

  Optional<ServerSnapshot> server(String server);

  List<TenantSnapshot> liveTenants(String server);

  Optional<TenantSnapshot> tenant(String server, String tenant);

  List<PinSite> pinSites(String server);

  /** How often something was not pooled, by reason, altogether. */
  Map<NotPooled, Long> notPooled();

  /** The same of one server. */
  Map<NotPooled, Long> notPooled(String server);

  /** Where something is not pooled, the most frequent first. */
  List<Unpooled.Site> notPooledSites();

  /** What was seen of watched connections: the whole server, then its tenants. */
  List<WatchedSnapshot> watched(String server);

  /** What was seen of one tenant's; with an empty name, of all the server's. */
  Optional<WatchedSnapshot> watched(String server, String tenant);

  /** What was seen of the tenants that hold watched connections, or did within the last minute. */
  List<WatchedSnapshot> recentlyWatched(String server);

  /** Hands over what has been counted since the last batch. */
  void publishSamples();

  List<Holder> longestHolders(String server, int most);

  List<Holder> longestHolders(String server, String tenant, int most);

  List<WaitingThread> waitingLine(String server, int most);

  boolean limitTenant(String server, String tenant, int cap);

  int evictIdle(String server);

  int evictIdle(String server, String tenant);

  boolean closeTenant(String server, String tenant);

  int closeDatabase(String server, String database);

  void resetPeaks(String server);

  /** The figures and operations of the real pool. */
  static PoolFigures of(PoolManager pool) {
    return new PoolFigures() {
      @Override
      public List<ServerSnapshot> servers() {
        return pool.servers();
      }

      @Override
      public Optional<ServerSnapshot> server(String server) {
        return pool.server(server);
      }

      @Override
      public List<TenantSnapshot> liveTenants(String server) {
        return pool.tenants(server, true);
      }

      @Override
      public Optional<TenantSnapshot> tenant(String server, String tenant) {
        return pool.tenant(server, tenant);
      }

      @Override
      public List<PinSite> pinSites(String server) {
        return pool.pinSites(server);
      }

      @Override
      public Map<NotPooled, Long> notPooled() {
        return pool.unpooled().counts();
      }

      @Override
      public Map<NotPooled, Long> notPooled(String server) {
        return pool.unpooled().counts(server);
      }

      @Override
      public List<Unpooled.Site> notPooledSites() {
        return pool.unpooled().sites();
      }

      @Override
      public List<WatchedSnapshot> watched(String server) {
        return pool.watched(server);
      }

      @Override
      public Optional<WatchedSnapshot> watched(String server, String tenant) {
        return pool.watched(server, tenant);
      }

      @Override
      public List<WatchedSnapshot> recentlyWatched(String server) {
        return pool.recentlyWatched(server);
      }

      @Override
      public void publishSamples() {
        pool.publishSamples();
      }

      @Override
      public List<Holder> longestHolders(String server, int most) {
        return pool.longestHolders(server, most);
      }

      @Override
      public List<Holder> longestHolders(String server, String tenant, int most) {
        return pool.longestHolders(server, tenant, most);
      }

      @Override
      public List<WaitingThread> waitingLine(String server, int most) {
        return pool.waitingLine(server, most);
      }

      @Override
      public boolean limitTenant(String server, String tenant, int cap) {
        return pool.limitTenant(server, tenant, cap);
      }

      @Override
      public int evictIdle(String server) {
        return pool.evictIdle(server);
      }

      @Override
      public int evictIdle(String server, String tenant) {
        return pool.evictIdle(server, tenant);
      }

      @Override
      public boolean closeTenant(String server, String tenant) {
        return pool.closeTenant(server, tenant);
      }

      @Override
      public int closeDatabase(String server, String database) {
        return pool.closeDatabase(server, database);
      }

      @Override
      public void resetPeaks(String server) {
        pool.resetPeaks(server);
      }
    };
  }
}
