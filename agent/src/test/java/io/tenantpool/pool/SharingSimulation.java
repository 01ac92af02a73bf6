package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A load on one ledger in simulated time: what threads do is done at once, what the server does
 * takes turns on its processors, and a lease lasts for its work. Nothing of the pool's decisions is
 * copied: the ledger that is asked is the one that is shipped.
 */
final class SharingSimulation {

  static final long MILLI = 1_000_000;
  private static final int PROCESSORS = 2;
  private static final long CONNECT_CPU = 5 * MILLI;
  private static final long CONNECT_REST = MILLI / 2;
  private static final long CLOSE = MILLI / 10;
  private static final long VALIDATION = MILLI / 5;
  private static final long WAKE = 20_000;
  private static final long PATIENCE = 5 * MILLI;

  /** What one client does next. */
  record Unit(int tenant, long thinkNanos, long cpuNanos, long restNanos) {}

  /** The next unit of a client; null when it goes. */
  interface Client {
    @Nullable Unit next(SplittableRandom random, long now);
  }

  private record Event(long at, long order, Runnable what) {}

  private final class Turn {
    final Client client;
    final Thread thread = new Thread("client");
    final SplittableRandom own;
    @Nullable Unit unit;
    @Nullable Waiter waiter;
    long since;

    Turn(Client client, SplittableRandom own) {
      this.client = client;
      this.own = own;
    }
  }

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
  private final long[] processors = new long[PROCESSORS];
  private final Outbox outbox = new Outbox();
  private final ServerLedger ledger;
  private final ServerPool unused;
  private final StubServer server = new StubServer();
  private final SplittableRandom random;
  private final Map<Thread, Turn> turns = new HashMap<>();
  private final List<Route.Pooled> routes = new ArrayList<>();
  private final List<Origin> origins = new ArrayList<>();
  private final long warmUp;
  private final long end;
  private final long[] evictedAt;
  private final Ticker ticker = new Waking();
  private final Herald herald = new Herald(new PoolListener() {}, "db:5432");
  private long now = 1;
  private long order;

  // ---- what is seen

  final long[] units;
  private final List<List<Long>> waits = new ArrayList<>();
  long connects;
  long pingPong;
  int mostOfOne;

  SharingSimulation(
      PoolLimits limits, SharingPolicy policy, int tenants, long seed, long millis, long warmUp) {
    random = new SplittableRandom(seed);
    ledger = new ServerLedger(limits, outbox, random.split(), policy);
    unused = new ServerPool("db:5432", limits, Ticker.system(), new PoolListener() {});
    for (int i = 0; i < tenants; i++) {
      routes.add(TestRoutes.route("t" + i));
      origins.add(new Origin("pool" + i));
      waits.add(new ArrayList<>());
    }
    units = new long[tenants];
    evictedAt = new long[tenants];
    Arrays.fill(evictedAt, Long.MIN_VALUE / 2);
    this.warmUp = warmUp * MILLI;
    end = (warmUp + millis) * MILLI;
  }

  /** Time is what the simulation says, and a thread that is woken comes a moment later. */
  private final class Waking implements Ticker {
    @Override
    public long nanos() {
      return now;
    }

    @Override
    public long epochMillis() {
      return now / MILLI;
    }

    @Override
    public void unpark(Thread thread) {
      Turn turn = turns.get(thread);
      if (turn != null) {
        at(now + WAKE, () -> wake(turn));
      }
    }
  }

  void add(Client client) {
    Turn turn = new Turn(client, random.split());
    turns.put(turn.thread, turn);
    at(now, () -> think(turn));
  }

  private void at(long moment, Runnable what) {
    events.add(new Event(moment, order++, what));
  }

  SharingSimulation run() {
    for (Event event = events.poll(); event != null && event.at < end; event = events.poll()) {
      now = Math.max(now, event.at);
      event.what.run();
      settle();
    }
    return this;
  }

  /** When so much work of a processor is done that begins now. */
  private long worked(long nanos) {
    int first = 0;
    for (int i = 1; i < PROCESSORS; i++) {
      first = processors[i] < processors[first] ? i : first;
    }
    processors[first] = Math.max(now, processors[first]) + nanos;
    return processors[first];
  }

  private void settle() {
    for (Slot slot = ledger.book().nextWork(now);
        slot != null;
        slot = ledger.book().nextWork(now)) {
      Slot closing = slot;
      at(now + CLOSE, () -> ledger.closed(closing));
    }
    outbox.deliver("db:5432", ticker, herald);
  }

  private void think(Turn turn) {
    Unit unit = turn.client.next(turn.own, now);
    if (unit != null) {
      turn.unit = unit;
      at(now + unit.thinkNanos, () -> ask(turn, unit));
    }
  }

  private void ask(Turn turn, Unit unit) {
    turn.since = now;
    Route.Pooled route = routes.get(unit.tenant);
    Origin origin = origins.get(unit.tenant);
    TenantPool tenant = ledger.tenants().named(route.tenant(), false, now);
    if (now - evictedAt[unit.tenant] < 2 * ledger.connectCost().nanos() && now >= warmUp) {
      pingPong += tenant.hasReady() ? 0 : 1;
      evictedAt[unit.tenant] = Long.MIN_VALUE / 2;
    }
    Slot slot = ledger.take(tenant, route.key(), origin, turn.thread, now);
    if (slot != null) {
      got(turn, slot);
      return;
    }
    Waiter waiter = ledger.queueing().enqueue(tenant, route.key(), origin, turn.thread, now, now);
    turn.waiter = waiter;
    if (waiter.isPatient()) {
      at(
          now + PATIENCE,
          () -> {
            if (turn.waiter == waiter) {
              ledger.queueing().losePatience(waiter);
              wake(turn);
            }
          });
    }
    wake(turn);
  }

  private void wake(Turn turn) {
    Waiter waiter = turn.waiter;
    if (waiter == null) {
      return;
    }
    if (waiter.isCalled()) {
      Slot slot = ledger.queueing().retry(waiter, now);
      if (slot != null) {
        turn.waiter = null;
        got(turn, slot);
        return;
      }
    }
    if (waiter.looks()) {
      at(
          Math.max(now, waiter.looksAt()),
          () -> {
            if (turn.waiter == waiter && waiter.looks() && waiter.looksAt() - now <= 0) {
              ledger.queueing().look(waiter, now);
              wake(turn);
            }
          });
    }
  }

  private void got(Turn turn, Slot slot) {
    switch (slot.state()) {
      case TAKEN -> lend(turn, slot);
      case VALIDATING -> at(now + VALIDATION, () -> lend(turn, slot));
      case OPENING -> {
        Slot victim = slot.victim();
        if (victim != null) {
          evictedAt[number(victim.tenant())] = now;
          at(now + CLOSE, () -> ledger.book().victimClosed(slot));
        }
        long began = now;
        at(worked(CONNECT_CPU) + CONNECT_REST, () -> opened(turn, slot, began));
      }
      default -> throw new AssertionError(slot.state());
    }
  }

  private void opened(Turn turn, Slot slot, long began) {
    ledger.connects().mayBegin(slot, now);
    ledger.connects().opened(slot, server.physical(), now - began, now);
    connects += now >= warmUp ? 1 : 0;
    lend(turn, slot);
  }

  private int number(TenantPool tenant) {
    return Integer.parseInt(tenant.name().substring(1));
  }

  private void lend(Turn turn, Slot slot) {
    Unit unit = turn.unit;
    if (unit == null) {
      throw new AssertionError("nobody asked");
    }
    LedgerScene.physical(slot).use(origins.get(unit.tenant));
    PooledLease lease = new PooledLease(unused, slot, slot.physical(), turn.thread);
    ledger.lend(slot, lease, now, now - turn.since, true);
    mostOfOne = Math.max(mostOfOne, slot.tenant().usable());
    if (turn.since >= warmUp) {
      waits.get(unit.tenant).add(now - turn.since);
    }
    at(
        worked(unit.cpuNanos) + unit.restNanos,
        () -> {
          ledger.returned(slot, null, now);
          units[unit.tenant] += now >= warmUp ? 1 : 0;
          settle();
          think(turn);
        });
  }

  // ---- figures

  long allUnits() {
    return Arrays.stream(units).sum();
  }

  /** Milliseconds, of all waits of these tenants. */
  double p99(int from, int to) {
    List<Long> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      all.addAll(waits.get(i));
    }
    all.sort(null);
    return all.isEmpty() ? 0 : all.get((int) (all.size() * 0.99)) / (double) MILLI;
  }

  /** Jain's index of the units of these tenants: 1 when all had as many. */
  double jain(int from, int to) {
    double sum = 0;
    double squares = 0;
    for (int i = from; i < to; i++) {
      sum += units[i];
      squares += (double) units[i] * units[i];
    }
    return squares == 0 ? 1 : sum * sum / ((to - from) * squares);
  }

  /** The most that anybody waits when it is over, in milliseconds. */
  double longestUnserved() {
    long longest = 0;
    for (Turn turn : turns.values()) {
      longest = Math.max(longest, turn.waiter == null ? 0 : now - turn.since);
    }
    return longest / (double) MILLI;
  }
}
