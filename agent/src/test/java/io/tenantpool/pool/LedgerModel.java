package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.EvictionOrder;
import io.tenantpool.config.LendingOrder;
import io.tenantpool.config.TenantLimits;
import io.tenantpool.connection.Origin;
import io.tenantpool.connection.SessionFilter;
import io.tenantpool.routing.PoolKey;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Borrowers, a worker and an operator who do legal things to a {@link ServerLedger} in a random
 * order, with a {@linkplain LedgerRecount recount} after each step. One thread; a step of a
 * borrower that would do I/O is two steps here, with anything in between.
 */
final class LedgerModel {

  private static final int TENANTS = 6;
  private static final int THREADS = 10;

  private static final TenantLimits LIMITS = TenantLimits.parse("t1<=2,t2>=2,t3 weight=2,t4<=1");

  /** Who does the next step with a slot. */
  private record Owner(Thread thread, @Nullable Origin origin, PoolKey key) {}

  /** What a borrower asks for. */
  private record Request(Route.Pooled route, String account, String password) {}

  private final SplittableRandom random;
  private final PoolLimits limits;
  private final Outbox outbox = new Outbox();
  private final ServerLedger ledger;
  private final StubServer server = new StubServer();
  private final ServerPool unused;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Origin> origins = List.of(new Origin("one"), new Origin("two"));
  private final List<Slot> owned = new ArrayList<>();
  private final List<Slot> active = new ArrayList<>();
  private final List<Slot> atWorker = new ArrayList<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private final Map<Slot, Owner> owners = new HashMap<>();
  private final LedgerRecount recount;
  private final ModelPasswords passwords;
  private final Map<PoolKey, Request> requests = new HashMap<>();

  /** Whether the server will accept the login that an opening slot has begun. */
  private final Map<Slot, Boolean> validAtBegin = new HashMap<>();

  /** When the connects under way began. */
  private final Map<Slot, Long> begun = new HashMap<>();

  /** Slots whose owner may not connect yet and gives them up. */
  private final Set<Slot> shutOut = new HashSet<>();

  /** Whether the server answers just now; and which tenant's way is broken. */
  private boolean isAway;

  private int broken = -1;
  private long now = 1;
  int served;
  int refused;
  int opened;
  int keptServed;
  int changes;
  int yields;
  int torn;
  int abandoned;

  LedgerModel(long seed) {
    random = new SplittableRandom(seed);
    passwords = new ModelPasswords(random);
    int budget = 2 + random.nextInt(6);
    int reserved = random.nextInt(2);
    int perTenant = 1 + random.nextInt(3);
    PoolLimits inAnyOrder =
        random.nextBoolean()
            ? TestLimits.of(budget, reserved, perTenant)
            : TestLimits.elastic(budget, reserved, perTenant, someLimits());
    limits = inSomeOrder(inAnyOrder);
    ledger = new ServerLedger(limits, outbox, random.split());
    recount = new LedgerRecount(ledger, owned, active, atWorker, waiters);
    unused = new ServerPool("db:5432", limits, Ticker.system(), new PoolListener() {});
    for (int i = 0; i < THREADS; i++) {
      threads.add(new Thread("t" + i));
    }
  }

  private TenantLimits someLimits() {
    return switch (random.nextInt(4)) {
      case 0 -> LIMITS;
      default -> TenantLimits.NONE;
    };
  }

  void step() {
    now += random.nextInt(4) == 0 ? random.nextInt(40_000_000) : 1 + random.nextInt(1000);
    switch (random.nextInt(24) == 0 ? 16 + random.nextInt(2) : random.nextInt(16)) {
      case 0, 1, 2, 3 -> borrow();
      case 4, 5, 6, 7 -> advance();
      case 8, 9, 10 -> giveBack();
      case 11, 12 -> work();
      case 13 -> look();
      case 14 -> abandon();
      case 16 -> tear();
      case 17 -> leave();
      default -> operate();
    }
    recount.check();
    assertOneProbe();
  }

  /** Beside a probe that may be answered any moment there is no other. */
  private void assertOneProbe() {
    if (!ledger.gate().isServerOpen()) {
      return;
    }
    opened++;
    long probes =
        begun.values().stream()
            .filter(began -> began - ledger.gate().lastFailedAt() > 0)
            .filter(began -> now - began < ConnectGate.SILENT_NANOS)
            .count();
    assertTrue(probes <= 1, () -> probes + " probes at once");
  }

  private void borrow() {
    int number = random.nextInt(TENANTS);
    Request request = request(number);
    Route.Pooled route = request.route();
    Thread thread = threads.get(random.nextInt(THREADS));
    int dice = random.nextInt(3);
    Origin origin = dice == 2 ? null : origins.get(dice);
    TenantPool tenant = ledger.tenants().named(route.tenant(), route.system(), now);
    Slot slot = ledger.take(tenant, route.key(), origin, thread, now);
    if (slot == null) {
      waiters.add(ledger.queueing().enqueue(tenant, route.key(), origin, thread, now, now));
    } else {
      if (origin == null && slot.state() != SlotState.OPENING) {
        passwords.assertMayHave(route.key());
      }
      own(slot, new Owner(thread, origin, route.key()));
    }
  }

  private Request request(int number) {
    String user = random.nextInt(4) == 0 ? "other" : "app";
    String account = "t" + number + user;
    String password = passwords.pick(account);
    Route.Pooled route = TestRoutes.route("t" + number, user, password, number == 0);
    Request request = new Request(route, account, password);
    requests.put(route.key(), request);
    return request;
  }

  private void own(Slot slot, Owner owner) {
    assertTrue(!owners.containsKey(slot), "two owners of " + slot.id());
    owned.add(slot);
    owners.put(slot, owner);
    if (slot.state() == SlotState.OPENING) {
      if (ledger.gate().knows(slot)) {
        begun.put(slot, ledger.gate().begin(slot));
      }
      Request request = Objects.requireNonNull(requests.get(slot.key()));
      validAtBegin.put(slot, passwords.isValid(request.account(), request.password()));
    }
    served++;
  }

  private void advance() {
    if (owned.isEmpty()) {
      return;
    }
    Slot slot = owned.get(random.nextInt(owned.size()));
    switch (slot.state()) {
      case OPENING -> open(slot);
      case TAKEN -> lend(slot);
      case RESETTING -> {
        if (slot.physical().isOutdated()) {
          reopen(slot, EvictionCause.OUTDATED);
        } else if (random.nextInt(8) == 0) {
          reopen(slot, EvictionCause.RESET);
        } else {
          reset(slot);
          ledger.resetByBorrower(slot, random.nextInt(2_000_000));
          lend(slot);
        }
      }
      case VALIDATING -> {
        if (random.nextInt(4) == 0) {
          reopen(slot, EvictionCause.VALIDATION);
        } else {
          lend(slot);
        }
      }
      default -> throw new AssertionError("a borrower owns a slot in state " + slot.state());
    }
  }

  private void open(Slot slot) {
    if (!begun.containsKey(slot) && !shutOut.contains(slot)) {
      if (ledger.connects().mayBegin(slot, now)) {
        begun.put(slot, now);
      } else {
        shutOut.add(slot);
      }
    }
    if (slot.victim() != null) {
      ledger.book().victimClosed(slot);
      return;
    }
    Owner owner = owner(slot);
    if (shutOut.contains(slot)) {
      disown(slot);
      ledger.connects().notBegun(slot, now);
      queueAgain(slot, owner);
      return;
    }
    if (random.nextInt(4) == 0) {
      beSilent(slot, owner);
      return;
    }
    int dice = random.nextInt(10);
    if (isAway || slot.tenant().name().equals("t" + broken)) {
      SQLException failure = isAway ? away() : silent();
      disown(slot);
      ledger.connects().failed(slot, failure, now);
      if (OpenFailure.isMendable(failure) && random.nextBoolean()) {
        queueAgain(slot, owner);
      }
    } else if (dice == 0 || !Boolean.TRUE.equals(validAtBegin.get(slot))) {
      disown(slot);
      ledger.connects().failed(slot, new SQLException("refused", "28P01"), now);
    } else if (dice == 1) {
      // As if it had been tried for some time, so that neighbours seem to be there.
      ledger.neighbours().refused(now - random.nextInt(2) * NeighbourLimit.PERSISTENT_NANOS, now);
      recount.budgetLowered();
      Slot next = ledger.connects().refused(slot, owner.origin(), now);
      if (next != slot) {
        disown(slot);
        if (next != null) {
          own(next, owner);
        } else {
          queueAgain(slot, owner);
        }
      }
    } else {
      passwords.accepted(slot.key());
      begun.remove(slot);
      ledger.connects().opened(slot, server.physical(), random.nextInt(4_000_000), now);
      ledger.neighbours().connected();
    }
  }

  private SQLException away() {
    return random.nextInt(3) == 0
        ? new SQLException("starting up", "57P03")
        : new SQLException("refused", "08001", new ConnectException("Connection refused"));
  }

  private SQLException silent() {
    return random.nextBoolean()
        ? new SQLException("hung up", "08006", new EOFException())
        : new SQLException("no answer", "08006", new SocketTimeoutException("Read timed out"));
  }

  /** The server does not answer this connect yet; its time may be up, or somebody else's turn. */
  private void beSilent(Slot slot, Owner owner) {
    if (random.nextInt(4) == 0) {
      disown(slot);
      ledger.connects().outOfTime(slot, now);
    } else if (ledger
        .connects()
        .unanswered()
        .mustYield(slot, random.nextInt(2_500) * 1_000_000L, now)) {
      yields++;
      disown(slot);
      ledger.connects().yielded(slot, now);
      queueAgain(slot, owner);
    }
  }

  private void queueAgain(Slot slot, Owner owner) {
    TenantPool tenant = ledger.tenants().named(slot.tenant().name(), slot.tenant().isSystem(), now);
    Waiter waiter =
        ledger.queueing().enqueue(tenant, slot.key(), owner.origin(), owner.thread(), now, now);
    ledger.queueing().losePatience(waiter);
    waiters.add(waiter);
  }

  private Owner owner(Slot slot) {
    return Objects.requireNonNull(owners.get(slot));
  }

  private void disown(Slot slot) {
    owned.remove(slot);
    owners.remove(slot);
    begun.remove(slot);
    shutOut.remove(slot);
  }

  private void reopen(Slot slot, EvictionCause cause) {
    Owner owner = owner(slot);
    disown(slot);
    own(ledger.reopen(slot, owner.key(), cause, now), owner);
  }

  private void lend(Slot slot) {
    Owner owner = owner(slot);
    disown(slot);
    active.add(slot);
    StubServer.Physical session = LedgerScene.physical(slot);
    keptServed += session.dirty ? 1 : 0;
    assertTrue(session.use(owner.origin()), () -> "the session of another origin: " + slot.id());
    ledger.lend(slot, new PooledLease(unused, slot, session, owner.thread()), now, 1, true);
  }

  private static void reset(Slot slot) {
    try {
      slot.physical().reset();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void giveBack() {
    if (!active.isEmpty()) {
      Slot slot = active.remove(random.nextInt(active.size()));
      ledger.returned(slot, random.nextInt(8) == 0 ? EvictionCause.BROKEN : null, now);
    }
  }

  private void work() {
    if (atWorker.isEmpty()) {
      Slot slot = ledger.book().nextWork(now);
      if (slot != null) {
        atWorker.add(slot);
      }
      return;
    }
    Slot slot = atWorker.get(0);
    if (slot.state() == SlotState.CLOSING) {
      atWorker.remove(0);
      ledger.closed(slot);
    } else if (slot.physical().isOutdated() || random.nextInt(8) == 0) {
      ledger.resetFailed(slot, EvictionCause.RESET);
    } else {
      atWorker.remove(0);
      reset(slot);
      ledger.cleaned(slot, now);
    }
  }

  private void look() {
    for (Waiter waiter : List.copyOf(waiters)) {
      if (waiter.refusal() != null) {
        waiters.remove(waiter);
        refused++;
      } else if (waiter.looks() && now - waiter.looksAt() >= 0) {
        ledger.queueing().look(waiter, now);
      } else if (waiter.isCalled() && random.nextInt(3) != 0) {
        boolean grantedNow = waiter.granted() == null;
        Slot slot = ledger.queueing().retry(waiter, now);
        if (slot != null) {
          if (grantedNow && waiter.origin() == null && slot.state() != SlotState.OPENING) {
            passwords.assertMayHave(waiter.key());
          }
          waiters.remove(waiter);
          own(slot, new Owner(waiter.thread(), waiter.origin(), waiter.key()));
        }
      } else if (waiter.isPatient() && random.nextInt(3) == 0) {
        ledger.queueing().losePatience(waiter);
      }
    }
  }

  private void abandon() {
    if (!waiters.isEmpty()) {
      Waiter waiter = waiters.remove(random.nextInt(waiters.size()));
      if (waiter.refusal() != null) {
        return;
      }
      Slot granted = ledger.queueing().abandon(waiter, now);
      if (granted != null) {
        own(granted, new Owner(waiter.thread(), waiter.origin(), waiter.key()));
      }
    }
  }

  /** A step has ended in the middle: what follows from something else says anything. */
  private void tear() {
    SlotBook book = ledger.book();
    for (TenantPool tenant : ledger.tenants().all()) {
      switch (random.nextInt(6)) {
        case 0 -> tenant.takenByBorrower();
        case 1 -> tenant.leftByBorrower();
        case 2 -> tenant.lost();
        case 3 -> tenant.resetBegins();
        case 4 -> tenant.signalSent();
        default -> tenant.candidate = null;
      }
      if (tenant.hasReady() && random.nextInt(3) == 0) {
        tenant.removeReady(tenant.ready().get(0));
      }
    }
    book.budget().recount(random.nextInt(9), random.nextInt(9));
    book.counters().active = -1;
    book.counters().waiting = -1;
    ledger.abandonment().repair(now);
    torn++;
  }

  /** The way of an owner, of a lease or of the worker ends in an error. */
  private void leave() {
    List<Slot> from = List.of(owned, active, atWorker).get(random.nextInt(3));
    if (from.isEmpty()) {
      return;
    }
    Slot slot = from.remove(random.nextInt(from.size()));
    owners.remove(slot);
    begun.remove(slot);
    slot.leftBy = slot.tenure;
    List<Slot> left = new ArrayList<>();
    ledger.abandonment().collect(left, now);
    assertTrue(left.contains(slot), "nobody has it: " + slot.state());
    Slot adopted = ledger.abandonment().adopt(slot, now);
    if (adopted == null) {
      assertTrue(!slot.isLent(), "nothing to do for " + slot.state());
    } else if (adopted.state() == SlotState.OPENING) {
      ledger.book().victimClosed(adopted);
      ledger.connects().abandoned(adopted, now);
    } else {
      assertEquals(SlotState.CLOSING, adopted.state());
      ledger.closed(adopted);
    }
    left();
  }

  private void left() {
    abandoned++;
    List<Slot> none = new ArrayList<>();
    ledger.abandonment().collect(none, now);
    assertTrue(none.isEmpty(), "somebody has it: " + none.size());
  }

  private void operate() {
    int dice = random.nextInt(40);
    if (dice == 39) {
      rotate();
    } else if (dice == 38) {
      isAway = !isAway;
    } else if (dice == 37) {
      broken = random.nextInt(TENANTS + 2);
    } else if (dice == 0) {
      ledger.connects().tidyUp(now);
    }
    TenantPool tenant = ledger.tenants().find("t" + random.nextInt(TENANTS));
    if (dice < 10) {
      ledger.retirement().expire(now);
      ledger.neighbours().look(now);
    } else if (dice < 14) {
      ledger.retirement().evictIdle();
    } else if (dice < 24 && tenant != null) {
      ledger.retirement().evictIdle(tenant);
    } else if (dice < 34 && tenant != null) {
      ledger.retirement().closeAll(tenant.slots(), EvictionCause.OPERATOR);
    } else if (dice > 36) {
      change(tenant);
    } else if (dice == 34) {
      ledger.neighbours().serverAllows(serverSays());
      recount.budgetLowered();
      recount.assertNothingFreeAbove();
    } else if (dice == 35) {
      administer();
    } else if (dice == 36 && !owned.isEmpty()) {
      Slot taken =
          ledger.retirement().giveWay(owned.get(random.nextInt(owned.size())), LoginLimit.ROLE);
      if (taken != null) {
        atWorker.add(taken);
      }
    }
  }

  /** Fewer than configured, more, or nothing. */
  private OptionalInt serverSays() {
    int says = random.nextInt(limits.budget() + 2);
    return says == limits.budget() + 1 ? OptionalInt.empty() : OptionalInt.of(says);
  }

  /** Somebody takes idle connections away, and closes them in his own time. */
  private void administer() {
    SessionFilter all = new SessionFilter(null, null, false);
    if (random.nextInt(3) == 0) {
      ledger.retirement().takeIdle(all, EvictionCause.IN_THE_WAY, random.nextBoolean(), atWorker);
    } else {
      int number = random.nextInt(TENANTS);
      ledger.retirement().outdate(slot -> slot.tenant().name().equals("t" + number), atWorker);
    }
  }

  private void rotate() {
    int number = random.nextInt(TENANTS);
    String account = "t" + number + "app";
    String before = passwords.current(account);
    passwords.rotate(account, TestRoutes.route("t" + number, "app", before, number == 0).key());
  }

  private PoolLimits inSomeOrder(PoolLimits plain) {
    return TestLimits.ordered(
        plain,
        random.nextBoolean() ? EvictionOrder.FREQUENCY : EvictionOrder.LRU,
        random.nextBoolean() ? LendingOrder.FIFO : LendingOrder.LIFO);
  }

  /** Other limits while everything is under way. */
  private void change(@Nullable TenantPool tenant) {
    recount.budgetLowered();
    int perTenant = 1 + random.nextInt(3);
    if (random.nextInt(3) == 0 && tenant != null) {
      ledger.limitTenant(tenant, perTenant, now);
    } else {
      int budget = 2 + random.nextInt(6);
      int leased = active.size();
      ledger.change(inSomeOrder(limits(budget, perTenant)), now);
      assertEquals(leased, ledger.book().counters().active, "leases after a change");
      recount.assertNothingFreeAbove();
    }
    changes++;
  }

  private PoolLimits limits(int budget, int perTenant) {
    int reserved = random.nextInt(2);
    return switch (random.nextInt(4)) {
      case 0 -> TestLimits.of(budget, reserved, perTenant);
      case 1 ->
          TestLimits.elastic(
              budget, reserved, perTenant, TenantLimits.parse("t1<=2,t2>=2,t3 weight=3"));
      default -> TestLimits.elastic(budget, reserved, perTenant, TenantLimits.NONE);
    };
  }

  /** How many sessions were had without a login by one who needs proven credentials. */
  int servedProven() {
    return passwords.served;
  }

  /** Everybody finishes; nothing is left. */
  void finish() {
    isAway = false;
    broken = -1;
    for (int round = 0; round < 10_000 && !waiters.isEmpty(); round++) {
      now += 1_000_000;
      advance();
      giveBack();
      work();
      look();
      recount.check();
    }
    assertEquals(0, waiters.size(), "waiters that nobody serves");
    ledger.retirement().close();
    for (int round = 0; round < 10_000 && !ledger.book().slots().isEmpty(); round++) {
      advance();
      giveBack();
      work();
      abandon();
      recount.check();
    }
    assertEquals(0, ledger.book().budget().used(), "permits lost");
    assertEquals(0, ledger.tenants().live());
  }
}
