package io.tenantpool.interception;

import io.tenantpool.config.NotPooled;
import io.tenantpool.connection.Lease;
import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PooledSource;
import io.tenantpool.connection.Reachability;
import io.tenantpool.pool.NotPoolingException;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Unpooled;
import io.tenantpool.routing.Route;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where one connection of an application pool gets its physical connections from, for its life. */
record RoutedSource(PoolManager pool, Route.Pooled route, DriverOpener opener)
    implements PooledSource {

  @Override
  public Lease acquire(@Nullable Origin origin) throws SQLException {
    if (pool.isPooling()) {
      try {
        return pool.borrow(route, opener, origin);
      } catch (NotPoolingException switched) {
        // A moment ago: what follows is for that.
      }
    }
    DirectLease lease = new DirectLease(pool, opener.open());
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
  public void abandoned(Origin origin) {
    pool.abandoned(route, origin);
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
  public Object poolKey() {
    return route.key();
  }

  @Override
  public Class<?> driverClass() {
    return opener.driverClass();
  }
}
