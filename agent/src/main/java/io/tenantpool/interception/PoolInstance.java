package io.tenantpool.interception;

import io.tenantpool.connection.Origin;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.routing.Account;
import io.tenantpool.routing.Route;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One application pool: as an origin of connections, and how it logs in. Thread-safe. */
final class PoolInstance {

  private final Origin origin;
  private final PoolQuestion question;

  /**
   * One for each user of a pool that has several; one nearly always. Each lives as long as a
   * connection of the pool has it: it leads to the driver, and so to the application's loader.
   */
  private final List<WeakReference<PoolLogin>> logins = new CopyOnWriteArrayList<>();

  PoolInstance(Origin origin, PoolQuestion question) {
    this.origin = origin;
    this.question = question;
  }

  Origin origin() {
    return origin;
  }

  /** Where a connection for which it has asked so gets its leases from. */
  RoutedSource source(PoolManager pool, Route.Pooled route, DriverOpener opener) {
    return new RoutedSource(pool, route, opener, login(route.key().account()));
  }

  private PoolLogin login(Account account) {
    PoolLogin known = find(account);
    if (known != null) {
      return known;
    }
    synchronized (logins) {
      PoolLogin added = find(account);
      if (added == null) {
        logins.removeIf(login -> login.refersTo(null));
        added = new PoolLogin(account, question);
        logins.add(new WeakReference<>(added));
      }
      return added;
    }
  }

  private @Nullable PoolLogin find(Account account) {
    for (WeakReference<PoolLogin> known : logins) {
      PoolLogin login = known.get();
      if (login != null && login.isFor(account)) {
        return login;
      }
    }
    return null;
  }
}
