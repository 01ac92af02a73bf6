package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.Origin;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One ledger, driven step by step at times that the test says. One thread, no I/O. */
final class LedgerScene {

  static final long MS = 1_000_000;

  final ServerLedger ledger;
  private final Outbox outbox = new Outbox();
  long now = 1;
  private final StubServer server = new StubServer();
  private final ServerPool unused;
  private final Map<String, Origin> origins = new HashMap<>();

  LedgerScene(PoolLimits limits) {
    ledger = new ServerLedger(limits, outbox);
    unused = new ServerPool("db:5432", limits, Ticker.system(), new PoolListener() {});
  }

  /**
   * A system tenant's name starts with {@code sys}; {@code tenant/user} names a pool key, {@code
   * tenant@pool} an application pool, without which it is the application itself that asks.
   */
  private static Route.Pooled route(String who) {
    String[] parts = who.split("@", 2)[0].split("/", 2);
    return TestRoutes.route(
        parts[0], parts.length > 1 ? parts[1] : "app", parts[0].startsWith("sys"));
  }

  @Nullable Origin origin(String who) {
    int at = who.indexOf('@');
    return at < 0 ? null : origins.computeIfAbsent(who.substring(at + 1), Origin::new);
  }

  TenantPool tenant(String who) {
    return tenant(route(who));
  }

  private TenantPool tenant(Route.Pooled route) {
    return ledger.tenants().named(route.tenant(), route.system(), now);
  }

  @Nullable Slot take(String who, Thread thread) {
    Route.Pooled route = route(who);
    return ledger.take(tenant(route), route.key(), origin(who), thread, now);
  }

  /** A newcomer on a thread of its own gets something at once, or null. */
  @Nullable Slot take(String who) {
    return take(who, new Thread());
  }

  /** All that has happened so far. */
  void tell(PoolListener listener) {
    outbox.deliver("db:5432", Ticker.system(), new Herald(listener, "db:5432"));
  }

  Waiter enqueue(String who) {
    return enqueue(who, new Thread());
  }

  Waiter enqueue(String who, Thread thread) {
    Route.Pooled route = route(who);
    assertNull(take(who, thread), "expected to wait");
    return ledger.queueing().enqueue(tenant(route), route.key(), origin(who), thread, now, now);
  }

  Slot lease(String who) {
    return lease(who, new Thread());
  }

  Slot lease(String who, Thread thread) {
    Slot slot = take(who, thread);
    assertNotNull(slot, "expected a connection");
    return lend(slot, thread, origin(who));
  }

  /** To the application itself. */
  Slot lend(Slot slot, Thread thread) {
    return lend(slot, thread, null);
  }

  Slot lend(Slot slot, Waiter waiter) {
    return lend(slot, waiter.thread(), waiter.origin());
  }

  /** Those of the waiters who were to connect have done so, and have their leases. */
  void openAllGrantedTo(Iterable<Waiter> waiters) {
    for (Waiter waiter : waiters) {
      Slot slot = waiter.granted();
      if (slot != null && slot.state() == SlotState.OPENING) {
        lend(slot, waiter);
      }
    }
  }

  /** Whatever is left to do before the lease, done at once and well; then the session is used. */
  Slot lend(Slot slot, Thread thread, @Nullable Origin origin) {
    if (slot.state() == SlotState.OPENING) {
      ledger.book().victimClosed(slot);
      ledger.connects().opened(slot, server.physical(), 3 * MS, now);
    } else if (slot.state() == SlotState.RESETTING) {
      reset(slot);
    }
    assertTrue(physical(slot).use(origin), "somebody else's session");
    ledger.lend(slot, new PooledLease(unused, slot, slot.physical(), thread), now, 1, true);
    return slot;
  }

  static StubServer.Physical physical(Slot slot) {
    return (StubServer.Physical) slot.physical();
  }

  /** The session is as new; the ledger does not know it yet. */
  static void reset(Slot slot) {
    try {
      physical(slot).reset();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
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
        reset(slot);
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
