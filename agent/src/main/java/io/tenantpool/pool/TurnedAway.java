package io.tenantpool.pool;

import java.util.concurrent.TimeUnit;

/**
 * Why a borrow was refused a place in the waiting line, in the words that the application's log
 * will show at night. Gathered under the server's lock, put into words outside it.
 */
final class TurnedAway {

  private final String server;
  private final String tenant;
  private final RefusalCause cause;
  private final long expectedNanos;
  private final long remainingNanos;
  private final int maxWaiting;
  private final int tenantWaiting;
  private final int waiting;
  private final int lent;
  private final int limit;
  private final int open;
  private final int budget;
  private final String whyLower;
  private final boolean atTenantCap;
  private final String moreForTenant;

  /** Of a waiter that had {@code remainingNanos} to wait. */
  TurnedAway(
      String server, ServerLedger ledger, Waiter waiter, RefusalCause cause, long remainingNanos) {
    TenantPool pool = waiter.tenant();
    this.server = server;
    this.cause = cause;
    this.remainingNanos = remainingNanos;
    tenant = pool.name();
    expectedNanos = waiter.expectedNanos();
    maxWaiting = ledger.queueing().maxWaiting();
    // A waiter without hope stands in the line still.
    int itself = cause == RefusalCause.HOPELESS && waiter.granted() == null ? 1 : 0;
    tenantWaiting = pool.waiting() - itself;
    waiting = ledger.book().counters().waiting - itself;
    lent = pool.lent();
    limit = ledger.book().budget().most(pool.isSystem(), pool.limit());
    atTenantCap = TenantAdvice.isAtItsOwnLimit(pool);
    moreForTenant = TenantAdvice.of(pool, ledger.tenants().sharing());
    open = ledger.book().budget().used();
    budget = ledger.book().budget().budget();
    whyLower = ledger.book().budget().whyLower();
  }

  String message() {
    return "tenant-pool: tenant '"
        + tenant
        + "' on "
        + server
        + ": no connection, and turned away at once: "
        + why()
        + "; "
        + waiting
        + " wait, "
        + tenantWaiting
        + " of them of the tenant; the tenant uses "
        + lent
        + " of "
        + limit
        + " connections, the server "
        + open
        + " of "
        + budget
        + ". "
        + advice();
  }

  private String why() {
    if (cause == RefusalCause.LINE_FULL) {
      return "the waiting line is full (tenantpool.max-waiting is "
          + maxWaiting
          + ", and a tenant leaves as many places free as it has)";
    }
    return "connections come back so slowly that its turn would come in "
        + millis(expectedNanos)
        + " or later, and it would wait "
        + millis(remainingNanos)
        + " (tenantpool.acquire-timeout, or the caller's own limit)";
  }

  private String advice() {
    if (atTenantCap) {
      return moreForTenant;
    }
    return whyLower.isEmpty()
        ? "To allow the server more, raise tenantpool.max-connections"
        : whyLower;
  }

  private static String millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
  }
}
