package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.SessionFilter;
import io.tenantpool.routing.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** What the housekeeper and an operator have done to one server's pool. Thread-safe. */
final class Operations {

  private final ServerPool pool;
  private final LockedLedger books;

  Operations(ServerPool pool) {
    this.pool = pool;
    this.books = pool.books();
  }

  /**
   * Retires what is too old or was idle for too long, and ends resets that take too long. Called
   * about once a second.
   */
  void expire() {
    abortStuckResets();
    pool.holderPlaces().tidyUp();
    books.step(
        ledger -> {
          ledger.retirement().lookAgain();
          ledger.tidyUp(pool.ticker().nanos());
        });
    doomed(ledger -> ledger.retirement().expire(pool.ticker().nanos()));
  }

  /**
   * A server that is silent during a reset is dead: whoever waits for its answer gets an exception
   * instead.
   */
  private void abortStuckResets() {
    List<PhysicalConnection> stuck = new ArrayList<>();
    books.step(ledger -> ledger.retirement().sealStuckResets(pool.ticker().nanos(), stuck));
    stuck.forEach(pool.io()::abort);
  }

  /** Closes what is free; returns how many. */
  int evictIdle() {
    return doomed(
        ledger -> {
          ledger.doubtLogins(ledger.book().slots());
          return ledger.retirement().evictIdle();
        });
  }

  int evictIdle(String tenant) {
    return doomed(
        ledger -> {
          TenantPool found = ledger.tenants().find(tenant);
          if (found == null) {
            return 0;
          }
          ledger.doubtLogins(found.slots());
          return ledger.retirement().evictIdle(found);
        });
  }

  /**
   * Closes, on this thread, the idle connections whose sessions are in the way of what this JVM is
   * about to do; returns how many.
   */
  int closeIdle(SessionFilter which) {
    return close(which, EvictionCause.IN_THE_WAY, false);
  }

  /**
   * For an operator: closes the idle connections to a database, on this thread, and what is leased
   * when it comes back; returns how many were idle.
   */
  int closeDatabase(String database) {
    return close(SessionFilter.ofDatabase(database), EvictionCause.OPERATOR, true);
  }

  private int close(SessionFilter which, EvictionCause cause, boolean leasedToo) {
    List<Slot> idle = new ArrayList<>();
    books.step(ledger -> ledger.retirement().takeIdle(which, cause, leasedToo, idle));
    close(idle);
    return idle.size();
  }

  /** A login gives or allows these sessions something else from now on. */
  void outdate(SessionFilter which) {
    List<Slot> idle = new ArrayList<>();
    books.step(ledger -> ledger.retirement().outdate(slot -> slot.isOf(which), idle));
    close(idle);
  }

  /** A login to that account was refused: others of its sessions must not be lent as new ones. */
  void entryDenied(Account account) {
    List<Slot> idle = new ArrayList<>();
    books.step(
        ledger -> ledger.retirement().outdate(slot -> slot.key().account().equals(account), idle));
    close(idle);
  }

  /** The calling thread owns them all: one that fails must not keep the others open. */
  private void close(List<Slot> owned) {
    for (Slot slot : owned) {
      try {
        pool.cleaning().close(slot);
      } catch (RuntimeException | Error e) {
        pool.herald().complain("an idle connection could not be closed", e);
      }
    }
  }

  /**
   * A connection of the application pool {@code origin} that has worked was closed: so are the
   * sessions that it, or an older connection of that pool, has used; those in use when they come
   * back.
   */
  void closed(String tenant, Origin origin, long connection) {
    closeKept(tenant, origin, connection);
  }

  /**
   * The application pool {@code origin} has closed its last connection: the sessions that are kept
   * for it are closed, by this thread, as the pool would have closed them. In a web application
   * that is stopped the driver's classes may be gone a moment later.
   */
  void abandoned(String tenant, Origin origin) {
    closeKept(tenant, origin, Long.MAX_VALUE);
  }

  private void closeKept(String tenant, Origin origin, long newest) {
    int doomed =
        doomed(
            ledger -> {
              TenantPool found = ledger.tenants().find(tenant);
              return found == null ? 0 : ledger.retirement().evictKept(found, origin, newest);
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
            ledger -> {
              TenantPool found = ledger.tenants().find(tenant);
              if (found == null) {
                return -1;
              }
              ledger.doubtLogins(found.slots());
              return ledger.retirement().closeAll(found.slots(), EvictionCause.OPERATOR);
            });
    return closed >= 0;
  }

  /** Lends nothing and keeps nothing, until told otherwise. */
  void drain(boolean on) {
    doomed(ledger -> ledger.retirement().drain(on));
  }

  /** Lends nothing any more. */
  void close() {
    doomed(
        ledger -> {
          ledger.retirement().close();
          return 0;
        });
  }

  private int doomed(ToIntFunction<ServerLedger> operation) {
    int count = books.ask(operation::applyAsInt);
    pool.worker().wake();
    return count;
  }

  /** Other limits from now on. */
  void change(PoolLimits limits) {
    if (pool.change(limits)) {
      int inForce = books.ask(ledger -> ledger.book().budget().withoutNeighbours());
      if (inForce < limits.budget()) {
        pool.herald().tell(told -> told.budgetLowered(pool.name(), limits.budget(), inForce));
      }
    }
  }

  /** Another cap for one tenant; false without such a tenant. */
  boolean limitTenant(String tenant, int cap) {
    int found =
        doomed(
            ledger -> {
              TenantPool pooled = ledger.tenants().find(tenant);
              if (pooled != null) {
                ledger.limitTenant(pooled, cap, pool.ticker().nanos());
              }
              return pooled == null ? 0 : 1;
            });
    return found > 0;
  }

  /** Tells of leases that take too long, and notices the end of a shortage. */
  void watch() {
    long leakNanos = pool.limits().leakNanos();
    long now = pool.ticker().nanos();
    List<Holder> leaks = new ArrayList<>();
    books.step(
        ledger -> {
          ledger.shortage().look(now);
          ledger.neighbours().look(now);
          for (Slot slot : leakNanos == 0 ? List.<Slot>of() : ledger.book().slots()) {
            PooledLease lease = slot.lease();
            if (lease != null && now - slot.lentAt() > leakNanos && slot.suspect()) {
              ledger.book().counters().leaksSuspected++;
              leaks.add(Holder.of(slot, lease, now));
            }
          }
        });
    for (Holder leak : leaks) {
      pool.herald().tell(told -> told.leakSuspected(pool.name(), leak));
    }
  }

  void resetPeaks() {
    books.step(ledger -> ledger.book().resetPeaks());
    pool.watched().resetPeaks();
  }
}
