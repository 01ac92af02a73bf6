package io.tenantpool.pool;

import io.tenantpool.connection.WaitEnd;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Why a borrow found nothing, in the words that the application's log will show at night. Gathered
 * under the server's lock, put into words outside it.
 */
final class AcquireTimeout {

  private static final int HOLDERS_NAMED = 3;

  private final String server;
  private final String tenant;
  private final long waitedNanos;
  private final long acquireNanos;
  private final int tenantActive;
  private final int tenantLimit;
  private final int tenantWaiting;
  private final int open;
  private final int budgetInForce;
  private final String whyLower;
  private final int active;
  private final int connecting;
  private final int unanswered;
  private final boolean isUnanswered;
  private final int waiting;
  private final boolean atTenantCap;

  /** Whether the last connection was left for a thread that holds one already. */
  private final boolean isLastKept;

  private final List<Holder> longest;
  private final @Nullable HoldAndWait holding;
  private final String moreForTenant;

  /**
   * Who held everything and asked nothing of it; null when it was not like that, or not seen yet.
   */
  private @Nullable String idlers;

  /** Of a wait that {@code end} has ended. */
  AcquireTimeout(
      String server, ServerLedger ledger, Waiter waiter, BorrowBound bound, WaitEnd end, long now) {
    TenantPool pool = waiter.tenant();
    this.server = server;
    tenant = pool.name();
    waitedNanos = now - waiter.since();
    acquireNanos = bound.acquireNanos();
    tenantActive = pool.counters().active;
    tenantWaiting = pool.counters().waiting;
    ConnectionBudget budget = ledger.book().budget();
    tenantLimit = budget.most(pool.isSystem(), pool.limit());
    open = budget.used();
    budgetInForce = budget.budget();
    whyLower = budget.whyLower();
    active = ledger.book().counters().active;
    connecting = ledger.book().counters().connecting;
    unanswered = ledger.connects().unanswered().count();
    isUnanswered = pool.isUnanswered();
    waiting = ledger.book().counters().waiting;
    atTenantCap = TenantAdvice.isAtItsOwnLimit(pool);
    isLastKept = !pool.mayUse(waiter.held(), waitedNanos);
    longest = Holder.of(atTenantCap ? pool.slots() : ledger.book().slots(), now);
    holding = end.isTimeout() ? HoldAndWait.of(ledger.book(), waiter, now) : null;
    moreForTenant = TenantAdvice.of(pool, ledger.tenants().sharing());
  }

  /** {@code places} knows where those are who hold everything. */
  SQLException exception(WaitEnd end, HolderPlaces places) {
    InterruptedException cause =
        end == WaitEnd.INTERRUPTED
            ? new InterruptedException("interrupted while waiting for a connection")
            : null;
    idlers = holding == null ? null : holding.text(places);
    String message = message(what(end));
    return isUnanswered ? end.unanswered(message, cause) : end.exception(message, cause);
  }

  private String what(WaitEnd end) {
    String waited = millis(waitedNanos);
    if (end.limit() != null) {
      return "no connection within "
          + waited
          + ", the caller's own "
          + end.limit()
          + " (tenantpool.acquire-timeout is "
          + millis(acquireNanos)
          + ')';
    }
    return switch (end) {
      case CANCELLED -> "cancelled by the application after waiting " + waited;
      case CLOSED -> "closed by the application after waiting " + waited;
      case INTERRUPTED -> "interrupted after waiting " + waited;
      default -> "no connection within " + waited;
    };
  }

  long waitedNanos() {
    return waitedNanos;
  }

  /**
   * Who held everything for the whole wait and asked nothing of it at its end; null when that was
   * not so.
   */
  @Nullable String idlers() {
    return idlers;
  }

  private String message(String what) {
    StringBuilder text = new StringBuilder(256);
    text.append("tenant-pool: tenant '")
        .append(tenant)
        .append("' on ")
        .append(server)
        .append(": ")
        .append(what);
    text.append("; the tenant uses ").append(tenantActive).append(" of ").append(tenantLimit);
    text.append(" (")
        .append(tenantWaiting)
        .append(" waiting), the server ")
        .append(open)
        .append(" of ");
    text.append(budgetInForce).append(" connections (").append(active).append(" leased, ");
    text.append(connecting).append(" connecting, ");
    text.append(waiting).append(" waiting)");
    List<Holder> named = Holder.longest(longest, HOLDERS_NAMED);
    String separator = "; longest holders: ";
    for (Holder holder : named) {
      text.append(separator)
          .append('\'')
          .append(holder.tenant())
          .append("' for ")
          .append(millis(holder.heldNanos()));
      text.append(" in thread '").append(holder.thread()).append('\'');
      separator = ", ";
    }
    if (idlers != null) {
      text.append(". All of them were held for the whole of that by threads that executed nothing")
          .append(" at the end of it: ")
          .append(idlers)
          .append(". These threads wait for something else, perhaps for this one: let them hold no")
          .append(" connection meanwhile, or allow as many as they need at once");
    }
    return text.append(". ").append(advice()).toString();
  }

  private String advice() {
    if (isUnanswered) {
      return "The server does not answer this tenant's connects: look after it and the way to it";
    }
    if (unanswered > 0 && !atTenantCap) {
      return unanswered
          + " of the connects have not been answered for long: look after the server and the way to"
          + " it";
    }
    if (atTenantCap) {
      return moreForTenant;
    }
    if (!whyLower.isEmpty()) {
      return whyLower;
    }
    if (isLastKept) {
      return "One connection is kept for threads that hold one and ask for another, which may wait"
          + " for themselves. To allow the server more, raise tenantpool.max-connections";
    }
    return "To allow the server more, raise tenantpool.max-connections";
  }

  private static String millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
  }
}
