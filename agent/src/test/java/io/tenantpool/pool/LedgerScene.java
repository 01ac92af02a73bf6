package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import org.jspecify.annotations.Nullable;

/** One ledger, driven step by step at times that the test says. One thread, no I/O. */
final class LedgerScene {

  static final long MS = 1_000_000;

  final ServerLedger ledger;
  long now = 1;
  private final StubServer server = new StubServer();
  private final ServerPool unused;

  LedgerScene(PoolLimits limits) {
    ledger = new ServerLedger(limits, new Outbox());
    unused = new ServerPool("db:5432", limits, Ticker.system(), new PoolListener() {});
  }

  /** A system tenant's name starts with {@code sys}; {@code tenant/user} names a pool key. */
  private static Route.Pooled route(String who) {
    String[] parts = who.split("/", 2);
    return TestRoutes.route(
        parts[0], parts.length > 1 ? parts[1] : "app", parts[0].startsWith("sys"));
  }

  private TenantPool tenant(Route.Pooled route) {
    return ledger.book().tenant(route.tenant(), route.system(), now);
  }

  @Nullable Slot take(String who, Thread thread) {
    Route.Pooled route = route(who);
    return ledger.take(tenant(route), route.key(), thread, now);
  }

  /** A newcomer on a thread of its own gets something at once, or null. */
  @Nullable Slot take(String who) {
    return take(who, new Thread());
  }

  Waiter enqueue(String who) {
    Route.Pooled route = route(who);
    Thread thread = new Thread();
    assertNull(ledger.take(tenant(route), route.key(), thread, now), "expected to wait");
    return ledger.enqueue(tenant(route), route.key(), thread, now, now);
  }

  Slot lease(String who) {
    return lease(who, new Thread());
  }

  Slot lease(String who, Thread thread) {
    Slot slot = take(who, thread);
    assertNotNull(slot, "expected a connection");
    return lend(slot, thread);
  }

  /** Whatever is left to do before the lease, done at once and well. */
  Slot lend(Slot slot, Thread thread) {
    if (slot.state() == SlotState.OPENING) {
      ledger.book().victimClosed(slot);
      ledger.opened(slot, server.physical(), 3 * MS, now);
    }
    ledger.lend(slot, new PooledLease(unused, slot, slot.physical(), thread), now, 1, true);
    return slot;
  }

  void giveBack(Slot slot) {
    ledger.returned(slot, null, ++now);
  }

  /** A slot that was returned and made clean. */
  Slot idle(String who) {
    Slot slot = lease(who);
    giveBack(slot);
    clean();
    assertEquals(SlotState.IDLE, slot.state());
    return slot;
  }

  /** The worker does all its work. */
  void clean() {
    for (Slot slot = ledger.book().nextWork(now);
        slot != null;
        slot = ledger.book().nextWork(now)) {
      if (slot.state() == SlotState.RESETTING) {
        ledger.cleaned(slot, now);
      } else {
        ledger.closed(slot);
      }
    }
  }

  Slot granted(Waiter waiter) {
    Slot slot = waiter.granted();
    assertNotNull(slot, "expected to be granted");
    return slot;
  }
}
