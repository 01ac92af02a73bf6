package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.SqlStates;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a borrower's connect comes to: a socket with a lifetime, a failure, or a refusal for want of
 * room. Holds to the invariants of {@link ServerLedger}. Not thread-safe: the server's lock guards
 * it.
 */
final class Connects {

  private final SlotBook book;
  private final WaitingLine line;
  private final Dispatcher dispatcher;
  private final ConnectCost cost;
  private final Unanswered unanswered;
  private final ConnectGate gate;
  private final Lookout lookout;
  private final Bystanders bystanders;
  private long lifetimeNanos;

  Connects(
      PoolLimits limits,
      SlotBook book,
      WaitingLine line,
      Dispatcher dispatcher,
      ConnectCost cost,
      ConnectGate gate,
      Lookout lookout,
      Bystanders bystanders) {
    this.book = book;
    this.line = line;
    this.dispatcher = dispatcher;
    this.cost = cost;
    unanswered = new Unanswered(book, line, dispatcher, cost);
    this.gate = gate;
    this.lookout = lookout;
    this.bystanders = bystanders;
    lifetimeNanos = limits.maxLifetime().toNanos();
  }

  /** Which connects the server does not answer. */
  Unanswered unanswered() {
    return unanswered;
  }

  /** How long a connection may be open from now on; one that is open already, too. */
  void maxLifetime(Duration maxLifetime) {
    if (lifetimeNanos == maxLifetime.toNanos()) {
      return;
    }
    lifetimeNanos = maxLifetime.toNanos();
    for (Slot slot : book.slots()) {
      if (slot.wasOpened()) {
        slot.expiresAfter(lifetime());
      }
    }
  }

  /** Whether connects that fail again and again hold others back from now on. */
  void breaksCircuits(boolean on) {
    gate.breaks(on);
  }

  /** Less a little that differs from one connection to the next. */
  private long lifetime() {
    return lifetimeNanos - ThreadLocalRandom.current().nextLong(lifetimeNanos / 4 + 1);
  }

  /**
   * Whether the owner of a slot whose session turned out to be unusable may connect anew at once.
   * If not, it is to wait in line, without the permit.
   */
  boolean mayBegin(Slot slot, long now) {
    gate.at(now);
    if (gate.knows(slot)) {
      return true;
    }
    boolean free = gate.isFree(slot.key());
    if (free) {
      gate.begun(slot);
    }
    return free;
  }

  /** The slot is given up before its connect has begun. */
  void notBegun(Slot slot, long now) {
    giveUp(slot, now);
  }

  /** The slot's socket is open. */
  void opened(Slot slot, PhysicalConnection physical, long connectNanos, long now) {
    slot.opened(physical, now, lifetime());
    book.connected(slot);
    gate.at(now);
    boolean wasShut = gate.isServerOpen();
    boolean wasKeyShut = gate.isOpen(slot.key());
    gate.opened(slot, connectNanos, book.budget().budget());
    cost.measured(connectNanos);
    slot.tenant().counters().opened(connectNanos);
    book.counters().opened(connectNanos);
    unanswered.answered(slot);
    if (wasKeyShut) {
      lookout.circuitChanged(slot.tenant());
      dispatcher.offerSpare(slot.tenant(), now);
    }
    if (wasShut) {
      bystanders.closed(now);
    }
    // Its place is another's.
    dispatcher.serveLine();
  }

  /** What is known of keys that nobody connects with any more is forgotten. */
  void tidyUp(long now) {
    gate.tidyUp(now);
    bystanders.closed(now);
  }

  /** The slot's socket could not be opened: its permit goes to whoever waits for one. */
  void failed(Slot slot, Throwable failure, long now) {
    if (failure instanceof SQLException refusal && SqlStates.isLoginRefused(refusal)) {
      slot.logins().refused(slot.key());
    }
    if (failure instanceof SQLException silence && SqlStates.isUnreachable(silence)) {
      book.budget().doubt();
    }
    unanswered.failed(slot, failure, now);
    if (failure instanceof SQLException told) {
      count(slot);
      giveUp(slot, told, OpenFailure.of(told), now);
    } else {
      countAndGiveUp(slot, now);
    }
  }

  /** The same when its time was up, and that so soon that it says nothing about the server. */
  void outOfTime(Slot slot, long now) {
    unanswered.ended(slot, now);
    countAndGiveUp(slot, now);
  }

  /** The same when the server has not answered for long. */
  void silent(Slot slot, SQLException failure, long now) {
    unanswered.ended(slot, now);
    count(slot);
    giveUp(slot, failure, OpenFailure.SILENT, now);
  }

  private void countAndGiveUp(Slot slot, long now) {
    count(slot);
    giveUp(slot, now);
  }

  private void count(Slot slot) {
    slot.tenant().counters().openFailures++;
    book.counters().openFailures++;
  }

  /** Whoever wants the same hears of it. */
  private void giveUp(Slot slot, SQLException failure, OpenFailure kind, long now) {
    gate.at(now);
    long began = gate.begin(slot);
    boolean wasShut = gate.isServerOpen();
    gate.failed(slot, failure, kind);
    left(slot);
    bystanders.failed(slot, kind, OpenFailure.isMendable(failure), began, now);
    released(slot, now);
    if (wasShut && !gate.isServerOpen()) {
      bystanders.closed(now);
    }
  }

  /** The slot's connect was ended for somebody else's sake; its borrower goes back to the line. */
  void yielded(Slot slot, long now) {
    unanswered.ended(slot, now);
    giveUp(slot, now);
  }

  /**
   * The server had no room though the budget had. Returns a connection of the tenant that came back
   * in the meantime, for which the slot is given up; the slot itself when the connect is to be
   * tried again; or null when the budget was lowered, the permit is gone and the thread has to wait
   * in line.
   */
  @Nullable Slot refused(Slot slot, @Nullable Origin origin, long now) {
    TenantPool tenant = slot.tenant();
    unanswered.answered(slot);
    Slot ready = dispatcher.lendReady(tenant, slot.key(), origin, now);
    if (ready == null && !book.isClosed() && !book.budget().isExceeded(tenant.isSystem())) {
      return slot;
    }
    if (ready != null) {
      slot.replacement = ready;
    }
    giveUp(slot, now);
    return ready;
  }

  /** The slot's owner is gone, whatever the connect has come to. */
  void abandoned(Slot slot, long now) {
    unanswered.ended(slot, now);
    giveUp(slot, now);
  }

  private void giveUp(Slot slot, long now) {
    gate.at(now);
    gate.ended(slot);
    left(slot);
    released(slot, now);
  }

  private void left(Slot slot) {
    slot.openFailed();
    book.connected(slot);
    slot.tenant().leftByBorrower();
    book.lost(slot);
  }

  private void released(Slot slot, long now) {
    TenantPool tenant = slot.tenant();
    book.releasePermit(slot);
    // The tenant may lend one more, and may have a free one.
    dispatcher.offerSpare(tenant, now);
    dispatcher.serveLine();
  }
}
