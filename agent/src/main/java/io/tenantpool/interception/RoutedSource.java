package io.tenantpool.interception;

import io.tenantpool.config.NotPooled;
import io.tenantpool.connection.Caller;
import io.tenantpool.connection.Lease;
import io.tenantpool.connection.LoginRefusedException;
import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PooledSource;
import io.tenantpool.connection.Reachability;
import io.tenantpool.connection.SqlStates;
import io.tenantpool.connection.WaitLimit;
import io.tenantpool.pool.NotPoolingException;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Unpooled;
import io.tenantpool.routing.Route;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Where connections of one application pool get their physical connections from, for their life: as
 * the pool has asked for them, but with the credentials that it has presented last.
 */
final class RoutedSource implements PooledSource {

  /** How to log in with the credentials of {@code newest} where this source leads. */
  private record Way(RoutedSource newest, Route.Pooled route, DriverOpener opener) {}

  private static final long FIRST_PAUSE_NANOS = 5_000_000;

  /** So that all of them together are little more than a second. */
  private static final long LONGEST_PAUSE_NANOS = 640_000_000;

  private final PoolManager pool;
  private final Route.Pooled route;
  private final DriverOpener opener;
  private final PoolLogin login;
  private volatile Way way;

  /** Held so that it stays known for as long as this pool lives which credentials are proven. */
  @SuppressWarnings("unused")
  private volatile @Nullable Object memory;

  RoutedSource(PoolManager pool, Route.Pooled route, DriverOpener opener, PoolLogin login) {
    this.pool = pool;
    this.route = route;
    this.opener = opener;
    this.login = login;
    this.way = new Way(this, route, opener);
  }

  Route.Pooled route() {
    return route;
  }

  @Override
  public Lease acquire(@Nullable Origin origin) throws SQLException {
    if (origin != null) {
      return again(origin, null);
    }
    Lease lease = lease(way, null, null);
    memory = pool.memoryOfLogins(route);
    login.presented(this);
    return lease;
  }

  @Override
  public Lease acquire(@Nullable Origin origin, Caller caller) throws SQLException {
    return origin == null ? acquire(null) : again(origin, caller);
  }

  /** For a connection whose credentials were right when the pool got it. */
  private Lease again(Origin origin, @Nullable Caller caller) throws SQLException {
    RoutedSource newest = login.newest(this);
    try {
      Lease lease = lease(wayOf(newest), origin, caller);
      login.accepted();
      return lease;
    } catch (SQLException e) {
      if (!SqlStates.isLoginRefused(e)) {
        throw e;
      }
      return withOthers(newest, e, origin, caller);
    }
  }

  /** The credentials of {@code tried} are of the past; perhaps the pool has others by now. */
  private Lease withOthers(
      RoutedSource tried, SQLException refusal, Origin origin, @Nullable Caller caller)
      throws SQLException {
    SQLException last = refusal;
    RoutedSource lastTried = tried;
    for (long pause = FIRST_PAUSE_NANOS; ; pause *= 2) {
      RoutedSource other = login.other(tried, lastTried, last);
      if (other != null) {
        try {
          Lease lease = lease(wayOf(other), origin, caller);
          login.presented(other);
          return lease;
        } catch (SQLException e) {
          if (!SqlStates.isLoginRefused(e)) {
            throw e;
          }
          last = e;
          lastTried = other;
        }
      }
      // The server often knows of a new password a moment before the application's pool does.
      if (login.isRefused()
          || pause > LONGEST_PAUSE_NANOS
          || isOver(caller, pause)
          || Thread.currentThread().isInterrupted()) {
        break;
      }
      pool.pause(pause);
    }
    login.refused();
    throw new LoginRefusedException(
        last, "tenant " + route.tenant() + " of " + route.server() + ", user " + user());
  }

  /**
   * Whether the caller would wait no longer than it has, and for as long again as the last time.
   */
  private static boolean isOver(@Nullable Caller caller, long pause) {
    if (caller == null) {
      return false;
    }
    WaitLimit limit = caller.limit();
    return caller.calledOff() != null || (limit != null && 2 * pause > limit.nanos());
  }

  private String user() {
    return route.key().user();
  }

  private Way wayOf(RoutedSource newest) {
    Way known = way;
    if (known.newest != newest) {
      known =
          new Way(
              newest,
              route.withCredentialsOf(newest.route),
              newest.opener.inZone(route.key().account().surroundings().timeZone()));
      way = known;
    }
    return known;
  }

  private Lease lease(Way how, @Nullable Origin origin, @Nullable Caller caller)
      throws SQLException {
    if (pool.isPooling()) {
      try {
        return pool.borrow(how.route, how.opener, origin, caller);
      } catch (NotPoolingException switched) {
        // A moment ago: what follows is for that.
      }
    }
    DirectLease lease = new DirectLease(pool, how.opener.open());
    pool.bypassed(route.server(), lease.physical().driverConnection());
    pool.unpooled()
        .add(
            new Unpooled(
                NotPooled.MODE,
                route.server(),
                "connections of application pools",
                "from their next use on, until there is pooling again"));
    return lease;
  }

  @Override
  public Reachability server() {
    return pool.reachability(route.server());
  }

  @Override
  public @Nullable PooledSource ifProven() {
    if (pool.isPooling() && !pool.isProven(route)) {
      return null;
    }
    RoutedSource shared = login.presented(this);
    if (shared == this && memory == null) {
      memory = pool.memoryOfLogins(route);
    }
    return shared;
  }

  /** The same place with what the pool presents now. */
  RoutedSource presenting(Route.Pooled presented, DriverOpener with) {
    return new RoutedSource(pool, presented, with, login);
  }

  @Override
  public void abandoned(Origin origin) {
    pool.abandoned(route, origin);
  }

  @Override
  public void openedByPool(Origin origin) {
    pool.openedByPool(route.server(), origin);
  }

  @Override
  public void usedUnlent(Origin origin, @Nullable StackTraceElement site) {
    pool.unpooled()
        .suspect(
            origin,
            new Unpooled(
                NotPooled.BENEATH_WRAPPER,
                route.server(),
                site,
                "a pool of " + origin.library() + ", or what it opens its connections from"));
  }

  @Override
  public void closed(Origin origin, long connection) {
    pool.closed(route, origin, connection);
  }

  @Override
  public boolean allowsOneStatement() {
    return route.singleStatement();
  }

  @Override
  public Object poolKey() {
    return route.key();
  }

  @Override
  public Class<?> driverClass() {
    return opener.driverClass();
  }
}
