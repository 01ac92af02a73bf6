package io.tenantpool.pool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Turns what the ledger knows into snapshots; lives for one reading under the server's lock. */
final class Figures {

  private final String server;
  private final ServerLedger ledger;
  private final int bypassed;
  private final long bypassedOpens;
  private final AskedConnections asked;
  private final long now;
  private final long epochMillis;

  Figures(
      String server,
      ServerLedger ledger,
      int bypassed,
      long bypassedOpens,
      AskedConnections asked,
      Ticker ticker) {
    this.server = server;
    this.ledger = ledger;
    this.bypassed = bypassed;
    this.bypassedOpens = bypassedOpens;
    this.asked = asked;
    this.now = ticker.nanos();
    this.epochMillis = ticker.epochMillis();
  }

  ServerSnapshot server() {
    Counters counters = ledger.book().counters();
    ConnectionBudget budget = ledger.book().budget();
    return new ServerSnapshot(
        server,
        budget.budget(),
        budget.configured(),
        orZero(budget.allowed()),
        orZero(budget.left()),
        budget.reserved(),
        ledger.tenants().sharing().perTenant(),
        budget.used(),
        counters.active,
        counters.connecting,
        ledger.book().idle(),
        counters.waiting,
        ledger.tenants().count(),
        ledger.tenants().live(),
        ledger.book().peakOpen(),
        counters.peakActive,
        counters.peakWaiting,
        bypassed,
        bypassedOpens,
        counters.borrows,
        counters.borrowNanos,
        counters.maxBorrowNanos,
        counters.hits,
        counters.timeouts,
        ledger.queueing().refusals(),
        counters.opens,
        counters.openFailures,
        counters.openNanos,
        counters.resets,
        counters.leaksSuspected,
        counters.evictions(),
        counters.pins(),
        ledger.gate().snapshot(counters.untried),
        ledger.tenants().sharing().cap(),
        ledger.tenants().sharing().limits().toString(),
        aboveShare(),
        counters.holdAndWaits(),
        counters.waitsByCause(),
        asked.ofApplication(),
        asked.ofPools(),
        ledger.book().victims().order(),
        ledger.book().victims().orderNow(),
        ledger.lendingOrder());
  }

  private int aboveShare() {
    // Nobody else has any, and tenants that were ever seen may be many.
    Set<TenantPool> holders = Collections.newSetFromMap(new IdentityHashMap<>());
    int above = 0;
    for (Slot slot : ledger.book().slots()) {
      above += holders.add(slot.tenant()) ? slot.tenant().aboveShare() : 0;
    }
    return above;
  }

  private static int orZero(int limit) {
    return limit == ConnectionBudget.NO_LIMIT ? 0 : limit;
  }

  List<TenantSnapshot> tenants(boolean liveOnly) {
    List<TenantSnapshot> snapshots = new ArrayList<>();
    for (TenantPool tenant : ledger.tenants().all()) {
      if (!liveOnly || tenant.isLive()) {
        snapshots.add(tenant(tenant));
      }
    }
    return snapshots;
  }

  TenantSnapshot tenant(TenantPool tenant) {
    Counters counters = tenant.counters();
    return new TenantSnapshot(
        server,
        tenant.name(),
        tenant.url(),
        ledger.book().budget().most(tenant.isSystem(), tenant.limit()),
        tenant.isLive(),
        tenant.slots().size(),
        counters.active,
        counters.connecting,
        tenant.ready().size() + tenant.resetting(),
        counters.waiting,
        counters.peakActive,
        counters.peakWaiting,
        counters.borrows,
        counters.borrowNanos,
        counters.maxBorrowNanos,
        counters.hits,
        counters.timeouts,
        counters.opens,
        counters.openFailures,
        counters.openNanos,
        counters.resets,
        counters.evictions(),
        counters.pins(),
        epochMillis - TimeUnit.NANOSECONDS.toMillis(now - tenant.lastUsedAt()),
        ledger.gate().state(tenant.name()),
        counters.untried,
        tenant.share().share(),
        tenant.aboveShare(),
        counters.holdAndWaits(),
        counters.waitsByCause(),
        tenant.share().minimum(),
        tenant.share().weight());
  }

  /** Who holds a connection, in no order; of one tenant, or of all for null. */
  List<Holder> holders(@Nullable String tenant) {
    Iterable<Slot> slots = ledger.book().slots();
    if (tenant != null) {
      TenantPool pool = ledger.tenants().find(tenant);
      slots = pool == null ? List.of() : pool.slots();
    }
    return Holder.of(slots, now);
  }

  /** Who stands in the line, in no order. */
  List<WaitingThread> waiting() {
    List<WaitingThread> waiting = new ArrayList<>();
    for (TenantPool tenant : ledger.tenants().all()) {
      for (Waiter waiter : tenant.waiters()) {
        String thread = waiter.thread().getName();
        waiting.add(new WaitingThread(tenant.name(), thread, now - waiter.since()));
      }
    }
    return waiting;
  }

  ServerLedger ledger() {
    return ledger;
  }
}
