package io.tenantpool.benchmarks.load;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What teams write by hand: a map of HikariCP pools, at most so many. A tenant without a pool takes
 * the place of the least recently used one that nobody uses; where all are in use it is refused.
 * The old pool is closed before the new one opens, so that the server never sees more.
 */
final class LruMapOfPools implements Access {

  private final Tenants tenants;
  private final int most;
  private final Map<Integer, Place> places = new LinkedHashMap<>(16, 0.75f, true);

  LruMapOfPools(Tenants tenants, int connections) {
    this.tenants = tenants;
    this.most = Math.max(1, connections / Tenants.POOL_SIZE);
  }

  private static final class Place {
    final HikariDataSource pool;
    int users;

    Place(HikariDataSource pool) {
      this.pool = pool;
    }
  }

  @Override
  public void use(int tenant, Work work) throws SQLException {
    Place place = enter(tenant);
    try (Connection connection = place.pool.getConnection()) {
      work.run(connection);
    } finally {
      leave(place);
    }
  }

  private synchronized Place enter(int tenant) throws SQLException {
    Place place = places.get(tenant);
    if (place == null) {
      if (places.size() >= most) {
        closeLeastRecentlyUsed();
      }
      place = new Place(tenants.pool(tenant));
      places.put(tenant, place);
    }
    place.users++;
    return place;
  }

  private synchronized void leave(Place place) {
    place.users--;
  }

  private void closeLeastRecentlyUsed() throws SQLException {
    Iterator<Place> inOrder = places.values().iterator();
    while (inOrder.hasNext()) {
      Place place = inOrder.next();
      if (place.users == 0) {
        inOrder.remove();
        place.pool.close();
        return;
      }
    }
    throw new SQLTransientConnectionException("all " + most + " pools are in use", "53300");
  }

  @Override
  public synchronized void close() {
    places.values().forEach(place -> place.pool.close());
  }
}
