package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.WaitEnd;
import io.tenantpool.routing.PoolKey;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a thread does that {@linkplain ServerLedger#take got nothing at once}: stands in the line,
 * looks when it is called, loses patience, gives up. Holds to the invariants of {@link
 * ServerLedger}. Not thread-safe: the server's lock guards it.
 */
final class Queueing {

  private final SlotBook book;
  private final Tenants tenants;
  private final WaitingLine line;
  private final Dispatcher dispatcher;
  private final Shortage shortage;
  private final ConnectGate gate;
  private final Lookout lookout;
  private final EnumMap<RefusalCause, Long> refusals = new EnumMap<>(RefusalCause.class);
  private long acquireNanos;
  private int maxWaiting;
  private long arrivals;

  Queueing(
      PoolLimits limits,
      SlotBook book,
      Tenants tenants,
      WaitingLine line,
      Dispatcher dispatcher,
      Shortage shortage,
      ConnectGate gate,
      Lookout lookout) {
    this.book = book;
    this.tenants = tenants;
    this.line = line;
    this.dispatcher = dispatcher;
    this.shortage = shortage;
    this.gate = gate;
    this.lookout = lookout;
    limit(limits);
  }

  /** Other limits for those who come from now on. */
  void limit(PoolLimits limits) {
    acquireNanos = limits.acquireTimeout().toNanos();
    maxWaiting = limits.maxWaiting();
  }

  /**
   * Stands in the line until {@linkplain Waiter#granted() granted}, {@linkplain #retry called} or
   * {@linkplain #abandon gone}; where the line is full, the waiter's {@link Waiter#refusal} says
   * so, and it stands nowhere.
   */
  Waiter enqueue(
      TenantPool tenant,
      PoolKey key,
      @Nullable Origin origin,
      Thread thread,
      long since,
      long now) {
    Waiter waiter = waiter(tenant, key, origin, thread, since);
    // Somebody else may wait for what a nested one holds.
    if (waiter.held() == Held.NONE) {
      if (line.isFull(tenant, maxWaiting)) {
        waiter.turnAway();
        return waiter;
      }
      waiter.expect(line.expectedNanos(tenant, now));
    }
    stand(waiter, now);
    return waiter;
  }

  /** The same for one who had got a slot already, and had to give it up: it may wait anyway. */
  Waiter enqueueAgain(
      TenantPool tenant,
      PoolKey key,
      @Nullable Origin origin,
      Thread thread,
      long since,
      long now) {
    Waiter waiter = waiter(tenant, key, origin, thread, since);
    stand(waiter, now);
    return waiter;
  }

  private Waiter waiter(
      TenantPool tenant, PoolKey key, @Nullable Origin origin, Thread thread, long since) {
    boolean patient = dispatcher.comesBackSoon(tenant) && tenant.mayGrow();
    return new Waiter(
        tenant, key, origin, thread, tenant.heldBy(thread), patient, arrivals++, since);
  }

  private void stand(Waiter waiter, long now) {
    TenantPool tenant = waiter.tenant();
    gate.at(now);
    lookout.holdBack(waiter);
    waiter.waitsFor(cause(waiter));
    line.add(waiter, now);
    tenant.counters().waits();
    book.counters().waits();
    tenants.cameToLife(tenant);
    // Behind patient or signalled waiters there may be something for a newcomer all the same.
    dispatcher.offerSpare(tenant, now);
    dispatcher.serveLine();
    shortage.look(now);
    if (book.isClosed() || book.isDraining()) {
      waiter.call();
    }
  }

  /**
   * A waiter that was signalled tries its luck; null when somebody was faster, and it stays where
   * it was.
   */
  @Nullable Slot retry(Waiter waiter, long now) {
    TenantPool tenant = waiter.tenant();
    gate.at(now);
    dispatcher.takeSignalBack(waiter);
    if (waiter.granted() != null) {
      awaitedReset(waiter, now);
      return waiter.granted();
    }
    Slot slot =
        mayLend(waiter, now)
            ? dispatcher.lendReady(tenant, waiter.key(), waiter.origin(), now)
            : null;
    if (slot != null) {
      awaitedReset(waiter, now);
      dispatcher.leave(waiter, true);
      dispatcher.serveAfterPass();
      return slot;
    }
    line.refresh(tenant);
    dispatcher.offerSpare(tenant, now);
    dispatcher.serveLine();
    return waiter.granted();
  }

  private WaitCause cause(Waiter waiter) {
    TenantPool tenant = waiter.tenant();
    if (waiter.isPatient()) {
      return WaitCause.RESET;
    }
    if (tenant.isCapped() && tenant.isAtLimit()) {
      return WaitCause.SHARE;
    }
    if (gate.waitNanos(waiter.key()) > 0) {
      return WaitCause.CONNECT;
    }
    return !tenant.isInNeed() && book.hasFree() ? WaitCause.SHARE : WaitCause.BUDGET;
  }

  private static boolean mayLend(Waiter waiter, long now) {
    TenantPool tenant = waiter.tenant();
    long waited = now - waiter.since();
    return waiter.isNested()
        ? tenant.mayUse(waiter.held(), waited)
        : tenant.mayLend(waiter.held(), waited);
  }

  private static void awaitedReset(Waiter waiter, long now) {
    if (waiter.isPatient()) {
      waiter.tenant().payRent(now - waiter.since());
    }
  }

  /**
   * A waiter no longer counts on the connection that is being made clean: it is a candidate like
   * any other now.
   */
  void losePatience(Waiter waiter) {
    waiter.losePatience();
    waiter.tenant().changed(waiter);
    line.refresh(waiter.tenant());
    dispatcher.serveLine();
  }

  /** The moment has come at which a waiter was to look whether somebody may connect. */
  void look(Waiter waiter, long now) {
    gate.at(now);
    waiter.looksNoMore();
    if (waiter.granted() == null && waiter.refusal() == null) {
      lookout.holdBack(waiter);
      line.refresh(waiter.tenant());
      dispatcher.offerSpare(waiter.tenant(), now);
      dispatcher.serveLine();
    }
  }

  /**
   * A waiter gives up. Returns the slot that it was granted in the meantime, which it must use:
   * nobody else knows of it. Else it is out of the line, and a signal that it can no longer answer
   * goes to the next.
   */
  @Nullable Slot abandon(Waiter waiter, long now) {
    return leave(waiter, now - waiter.since() < acquireNanos, now);
  }

  /**
   * A waiter is not to wait for {@code cause}. Returns the slot that it was granted in the
   * meantime, as {@link #abandon} does.
   */
  @Nullable Slot turnAway(Waiter waiter, RefusalCause cause, long now) {
    Slot granted = leave(waiter, false, now);
    if (granted == null) {
      refusals.merge(cause, 1L, Long::sum);
    }
    return granted;
  }

  int maxWaiting() {
    return maxWaiting;
  }

  /** How many were turned away so far. */
  Map<RefusalCause, Long> refusals() {
    return Map.copyOf(refusals);
  }

  private @Nullable Slot leave(Waiter waiter, boolean moves, long now) {
    if (waiter.granted() != null) {
      return waiter.granted();
    }
    dispatcher.leave(waiter, moves);
    dispatcher.offerSpare(waiter.tenant(), now);
    dispatcher.serveLine();
    tenants.goneDormant(waiter.tenant());
    return null;
  }

  /**
   * Why a waiter whose time is up has not connected, if that is because others could not; it is out
   * of the line then. Null when it waits for something else.
   */
  @Nullable NotTried whyUntried(Waiter waiter, WaitEnd end, long now) {
    if (waiter.refusal() != null) {
      return waiter.refusal();
    }
    gate.at(now);
    NotTried why =
        waiter.granted() == null && end.isOfConnecting() && Bystanders.wantsToConnect(waiter)
            ? gate.why(waiter.key())
            : null;
    if (why != null) {
      abandon(waiter, now);
      waiter.tenant().counters().untried++;
      book.counters().untried++;
    }
    return why;
  }

  /** It waited in vain for what others held and did nothing with. */
  void heldAndWaited(Waiter waiter) {
    waiter.tenant().counters().heldAndWaited();
    book.counters().heldAndWaited();
  }

  void timedOut(Waiter waiter) {
    waiter.tenant().counters().timeouts++;
    book.counters().timeouts++;
  }
}
