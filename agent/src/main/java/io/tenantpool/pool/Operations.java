package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** What the housekeeper and an operator have done to one server's pool. Thread-safe. */
final class Operations {

  private final ServerPool pool;

  Operations(ServerPool pool) {
    this.pool = pool;
  }

  /** Retires what is too old or was idle for too long, and ends resets that take too long. */
  void expire() {
    abortStuckResets();
    doomed(books -> books.retirement().expire(pool.ticker().nanos()));
  }

  /**
   * A server that is silent during a reset is dead: whoever waits for its answer gets an exception
   * instead.
   */
  private void abortStuckResets() {
    List<PhysicalConnection> stuck = new ArrayList<>();
    pool.step(books -> books.retirement().sealStuckResets(pool.ticker().nanos(), stuck));
    stuck.forEach(pool.io()::abort);
  }

  /** Closes what is free; returns how many. */
  int evictIdle() {
    return doomed(books -> books.retirement().evictIdle());
  }

  int evictIdle(String tenant) {
    return doomed(
        books -> {
          TenantPool found = books.book().find(tenant);
          return found == null ? 0 : books.retirement().evictIdle(found);
        });
  }

  /**
   * The application pool {@code origin} has closed its last connection: the sessions that are kept
   * for it are closed, by this thread, as the pool would have closed them. In a web application
   * that is stopped the driver's classes may be gone a moment later.
   */
  void abandoned(String tenant, Origin origin) {
    int doomed =
        doomed(
            books -> {
              TenantPool found = books.book().find(tenant);
              return found == null ? 0 : books.retirement().evictKept(found, origin);
            });
    for (int i = 0; i < doomed && pool.work(); i++) {
      // The worker may have been faster.
      Thread.onSpinWait();
    }
  }

  /** Closes what is free now and what is leased when it comes back; false without such a tenant. */
  boolean closeTenant(String tenant) {
    int closed =
        doomed(
            books -> {
              TenantPool found = books.book().find(tenant);
              return found == null
                  ? -1
                  : books.retirement().closeAll(found.slots(), EvictionCause.OPERATOR);
            });
    return closed >= 0;
  }

  /** Lends nothing and keeps nothing, until told otherwise. */
  void drain(boolean on) {
    doomed(books -> books.retirement().drain(on));
  }

  /** Lends nothing any more. */
  void close() {
    doomed(
        books -> {
          books.retirement().close();
          return 0;
        });
  }

  private int doomed(ToIntFunction<ServerLedger> operation) {
    int count = pool.locked(operation::applyAsInt);
    pool.worker().wake();
    return count;
  }

  void resetPeaks() {
    pool.step(books -> books.book().resetPeaks());
    pool.watched().resetPeaks();
  }
}
