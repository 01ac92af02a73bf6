package io.tenantpool.pool;

import io.tenantpool.config.Settings;
import io.tenantpool.connection.Lease;
import io.tenantpool.connection.PhysicalOpener;
import io.tenantpool.routing.Route;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The only way in: every borrow, every figure and every operation on the pool. Thread-safe. */
public final class PoolManager implements AutoCloseable {

  private final Settings settings;

  /** A pool without connections; {@code listener} hears all that it does. */
  public PoolManager(Settings settings, Ticker ticker, PoolListener listener) {
    this.settings = settings;
  }

  /**
   * Lends a physical connection of the route's pool key, opening one through {@code opener} on this
   * thread when none is free and the caps allow it, waiting in the tenant's line otherwise.
   *
   * @throws SQLException what the driver threw while opening, or {@link
   *     java.sql.SQLTransientConnectionException} with SQLState {@code 53300} when the acquire
   *     timeout passed or the thread was interrupted while it waited
   */
  public Lease borrow(Route.Pooled route, PhysicalOpener opener) throws SQLException {
    throw new UnsupportedOperationException(settings.toString());
  }

  /**
   * Counts a connection to {@code server} that went straight to the driver, for as long as it is
   * open.
   */
  public void bypassed(String server, Connection connection) {}

  /** Every server seen so far. */
  public List<ServerSnapshot> servers() {
    return List.of();
  }

  /** One server. */
  public Optional<ServerSnapshot> server(String server) {
    return Optional.empty();
  }

  /** Every tenant of the server seen so far, or only the live ones. */
  public List<TenantSnapshot> tenants(String server, boolean liveOnly) {
    return List.of();
  }

  /** One tenant. */
  public Optional<TenantSnapshot> tenant(String server, String tenant) {
    return Optional.empty();
  }

  /** Closes every idle connection of the server; returns how many. */
  public int evictIdle(String server) {
    return 0;
  }

  /** Closes every idle connection of the tenant; returns how many. */
  public int evictIdle(String server, String tenant) {
    return 0;
  }

  /**
   * Closes the tenant's idle connections now and its leased ones when they come back. The tenant
   * may come back with its next request. False when there is no such tenant.
   */
  public boolean closeTenant(String server, String tenant) {
    return false;
  }

  /** Sets the server's peaks and longest borrow, and those of its tenants, back to what is now. */
  public void resetPeaks(String server) {}

  /** Starts the thread that resets, retires and tidies up; to be called once. */
  public void start() {}

  /** Closes what is idle now and what is leased when it comes back; lends nothing any more. */
  @Override
  public void close() {}
}
