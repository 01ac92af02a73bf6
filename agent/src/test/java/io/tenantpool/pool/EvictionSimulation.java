package io.tenantpool.pool;

import io.tenantpool.config.EvictionOrder;
import io.tenantpool.config.LendingOrder;
import io.tenantpool.connection.Origin;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One trace, by the ledger that is shipped or by models of other orders of victims: which part of
 * the requests finds a connection open. One connection for each tenant, one request at a time.
 */
final class EvictionSimulation {

  private final int[] trace;
  private final int warmUp;
  private final int room;

  /** Requests before {@code warmUp} do not count. */
  EvictionSimulation(int[] trace, int warmUp, int room) {
    this.trace = trace;
    this.warmUp = warmUp;
    this.room = room;
  }

  /** Of what is open, the tenant with the least worth goes. */
  interface Order {
    void used(int tenant, int request);

    double worth(int tenant);
  }

  /** LRU. */
  static Order recency() {
    return lastButSome(1);
  }

  /** LRU-n: the last n-th request counts; of tenants that have had fewer, the last one. */
  static Order lastButSome(int requests) {
    int[][] last = new int[EvictionTraces.TENANTS][requests];
    for (int[] each : last) {
      Arrays.fill(each, Integer.MIN_VALUE / 2);
    }
    return new Order() {
      @Override
      public void used(int tenant, int request) {
        System.arraycopy(last[tenant], 0, last[tenant], 1, requests - 1);
        last[tenant][0] = request;
      }

      @Override
      public double worth(int tenant) {
        return last[tenant][requests - 1] + last[tenant][0] * 1e-9;
      }
    };
  }

  /**
   * A count of requests, each of which is worth half after so many. It is kept as the logarithm
   * that it would have had at the first request: so time changes no worth, and no order.
   */
  static Order frequency(double halfLife) {
    double[] logs = new double[EvictionTraces.TENANTS];
    Arrays.fill(logs, Double.NEGATIVE_INFINITY);
    double memory = halfLife / Math.log(2);
    return new Order() {
      @Override
      public void used(int tenant, int request) {
        double now = request / memory;
        logs[tenant] = now + Math.log1p(Math.exp(logs[tenant] - now));
      }

      @Override
      public double worth(int tenant) {
        return logs[tenant];
      }
    };
  }

  /** Bélády's optimum, which knows the future: the tenant whose next request is farthest goes. */
  Order optimum() {
    int[] next = new int[EvictionTraces.TENANTS];
    Arrays.fill(next, Integer.MAX_VALUE);
    int[] after = new int[trace.length];
    for (int at = trace.length - 1; at >= 0; at--) {
      after[at] = next[trace[at]];
      next[trace[at]] = at;
    }
    return new Order() {
      @Override
      public void used(int tenant, int request) {
        next[tenant] = after[request];
      }

      @Override
      public double worth(int tenant) {
        return -(double) next[tenant];
      }
    };
  }

  /** Who has a connection. */
  private static final class Open {
    private final int room;
    private final boolean[] open = new boolean[EvictionTraces.TENANTS];
    private int count;

    Open(int room) {
      this.room = room;
    }

    /** Whether the tenant has one; it has one then. */
    boolean ask(int tenant, Order order) {
      if (open[tenant]) {
        return true;
      }
      if (count == room) {
        open[victim(order)] = false;
        count--;
      }
      open[tenant] = true;
      count++;
      return false;
    }

    private int victim(Order order) {
      int victim = -1;
      for (int i = 0; i < open.length; i++) {
        if (open[i] && (victim < 0 || order.worth(i) < order.worth(victim))) {
          victim = i;
        }
      }
      return victim;
    }
  }

  /** One order for ever. */
  double rate(Order order) {
    Open open = new Open(room);
    int hits = 0;
    for (int at = 0; at < trace.length; at++) {
      hits += open.ask(trace[at], order) && at >= warmUp ? 1 : 0;
      order.used(trace[at], at);
    }
    return rate(hits);
  }

  /**
   * The order that would have had the most hits lately: each has a directory of those that would be
   * open if it had always been in force. A hit counts for the e-th part after {@code window}
   * requests.
   */
  double bestOf(double window, Order... orders) {
    Open open = new Open(room);
    Open[] directories = new Open[orders.length];
    Arrays.setAll(directories, i -> new Open(room));
    double[] lately = new double[orders.length];
    int inForce = 0;
    int hits = 0;
    for (int at = 0; at < trace.length; at++) {
      hits += open.ask(trace[at], orders[inForce]) && at >= warmUp ? 1 : 0;
      for (int i = 0; i < orders.length; i++) {
        lately[i] -= lately[i] / window;
        lately[i] += directories[i].ask(trace[at], orders[i]) ? 1 : 0;
        orders[i].used(trace[at], at);
      }
      double least = lately[inForce] + 1;
      for (int i = 0; i < orders.length; i++) {
        if (lately[i] > least) {
          inForce = i;
          least = lately[i];
        }
      }
    }
    return rate(hits);
  }

  /** What the ledger of a server with that budget does. */
  double ledger(EvictionOrder order) {
    PoolLimits limits = TestLimits.ordered(TestLimits.of(room, 0, 3), order, LendingOrder.LIFO);
    ServerLedger ledger = new ServerLedger(limits, new Outbox(), new SplittableRandom(1));
    ServerPool unused = new ServerPool("db:5432", limits, Ticker.system(), new PoolListener() {});
    StubServer server = new StubServer();
    List<Route.Pooled> routes = new ArrayList<>();
    List<Origin> origins = new ArrayList<>();
    for (int i = 0; i < EvictionTraces.TENANTS; i++) {
      routes.add(TestRoutes.route("t" + i));
      origins.add(new Origin("pool" + i));
    }
    Thread thread = new Thread("client");
    int hits = 0;
    long now = 1;
    for (int at = 0; at < trace.length; at++) {
      Route.Pooled route = routes.get(trace[at]);
      Origin origin = origins.get(trace[at]);
      TenantPool tenant = ledger.tenants().named(route.tenant(), false, ++now);
      Slot slot = ledger.take(tenant, route.key(), origin, thread, now);
      if (slot == null) {
        throw new AssertionError("nobody else has anything");
      }
      hits += slot.state() == SlotState.TAKEN && at >= warmUp ? 1 : 0;
      if (slot.state() == SlotState.OPENING) {
        ledger.book().victimClosed(slot);
        ledger.connects().opened(slot, server.physical(), 1_000_000, now);
      }
      LedgerScene.physical(slot).use(origin);
      PooledLease lease = new PooledLease(unused, slot, slot.physical(), thread);
      ledger.lend(slot, lease, now, 1, true);
      ledger.returned(slot, null, ++now);
    }
    return rate(hits);
  }

  private double rate(int hits) {
    return (double) hits / (trace.length - warmUp);
  }
}
