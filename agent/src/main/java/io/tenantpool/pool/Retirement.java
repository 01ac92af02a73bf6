package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.SessionFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which connections go without anybody asking for theirs: too old, idle for too long, over
 * a lowered budget, unwanted by an operator, left at the end. What is free is doomed at once; what
 * somebody owns has its fate sealed, and its owner finds that. Not thread-safe: the server's lock
 * guards it.
 */
final class Retirement {

  static final long LONGEST_RESET_NANOS = 5_000_000_000L;

  private final SlotBook book;
  private final Tenants tenants;
  private final Dispatcher dispatcher;
  private final Outbox outbox;
  private long maxIdleNanos;

  Retirement(
      PoolLimits limits, SlotBook book, Tenants tenants, Dispatcher dispatcher, Outbox outbox) {
    this.book = book;
    this.tenants = tenants;
    this.dispatcher = dispatcher;
    this.outbox = outbox;
    maxIdleNanos = limits.maxIdle().toNanos();
  }

  /** Dooms what has been idle or alive for too long; returns how many. */
  int expire(long now) {
    book.accounts().tidyUp();
    return doomReady(
        book.slots(),
        slot -> {
          if (slot.isExpired(now)) {
            return EvictionCause.LIFETIME;
          }
          return now - slot.freeSince() >= maxIdleNanos ? EvictionCause.IDLE : null;
        });
  }

  /**
   * Adds to {@code stuck} the connections whose reset has been going on for too long; their owners
   * will find that their fate is sealed.
   */
  void sealStuckResets(long now, List<PhysicalConnection> stuck) {
    for (Slot slot : book.slots()) {
      if (slot.isResetStuck(now, LONGEST_RESET_NANOS)) {
        slot.sealFate(EvictionCause.RESET);
        stuck.add(slot.physical());
      }
    }
  }

  int evictIdle() {
    return doomReady(book.slots(), slot -> EvictionCause.OPERATOR);
  }

  int evictIdle(TenantPool tenant) {
    return doomReady(tenant.slots(), slot -> EvictionCause.OPERATOR);
  }

  /**
   * Dooms the free sessions that are kept for {@code origin} and were used by a connection of it
   * that is no newer than {@code newest}; those in use go when they come back.
   */
  int evictKept(TenantPool tenant, Origin origin, long newest) {
    for (Slot slot : tenant.slots()) {
      if (isUsed(slot, origin, newest)) {
        slot.sealFate(EvictionCause.ABANDONED);
      }
    }
    return doomReady(
        tenant.slots(), slot -> isUsed(slot, origin, newest) ? EvictionCause.ABANDONED : null);
  }

  private static boolean isUsed(Slot slot, Origin origin, long newest) {
    return slot.wasOpened()
        && slot.physical().origin() == origin
        && slot.physical().oldestUser() <= newest;
  }

  /**
   * Takes the idle connections to these sessions, which the calling thread is to close. What is
   * being reset just now goes after that; what is leased when it comes back, if wanted.
   */
  void takeIdle(SessionFilter which, EvictionCause cause, boolean leasedToo, List<Slot> idle) {
    for (Slot slot : book.slots()) {
      if (slot.isOf(which)) {
        if (slot.isReady() || slot.state() == SlotState.DOOMED) {
          idle.add(slot);
          book.closing(slot, cause);
        } else if (leasedToo || slot.state() == SlotState.RESETTING) {
          slot.sealFate(cause);
        }
      }
    }
    dispatcher.serveLine();
  }

  /**
   * What a login gives or allows these sessions has changed. Those that an application pool keeps
   * go on for that pool, as they would without the agent; the others that are free are taken, for
   * the calling thread to close.
   */
  void outdate(Predicate<Slot> which, List<Slot> idle) {
    for (Slot slot : book.slots()) {
      if (slot.isUsable() && which.test(slot)) {
        slot.outdate();
        if (slot.isReady() && slot.keptFor() == null) {
          idle.add(slot);
          book.closing(slot, EvictionCause.OUTDATED);
        }
      }
    }
    dispatcher.serveLine();
  }

  /**
   * Takes the connection that has been free for the longest time of those that count towards the
   * same limit as {@code slot}; null when there is none that is promised to nobody.
   */
  @Nullable Slot giveWay(Slot slot, LoginLimit limit) {
    Slot stalest = null;
    for (Slot each : book.slots()) {
      boolean free =
          each.state() == SlotState.DOOMED
              || (each.isReady() && (each.tenant() == slot.tenant() || each.tenant().spare() > 0));
      if (free
          && limit.isShared(each.key(), slot.key())
          && (stalest == null || each.freeSince() - stalest.freeSince() < 0)) {
        stalest = each;
      }
    }
    if (stalest != null) {
      book.closing(stalest, EvictionCause.LOGIN_LIMIT);
    }
    return stalest;
  }

  /** Whether one of them is about to be free, or is being closed. */
  boolean isGivingWay(Slot slot, LoginLimit limit) {
    for (Slot each : book.slots()) {
      boolean soon = each.state() == SlotState.RESETTING || each.state() == SlotState.CLOSING;
      if (soon && limit.isShared(each.key(), slot.key())) {
        return true;
      }
    }
    return false;
  }

  /** A while has passed: what may have changed on the server is looked at again. */
  void lookAgain() {
    for (Slot slot : book.slots()) {
      if (slot.wasOpened()) {
        slot.physical().lookAgain();
      }
    }
  }

  /** What is free goes now, what is leased when it comes back. */
  int closeAll(Iterable<Slot> some, EvictionCause cause) {
    for (Slot slot : some) {
      slot.sealFate(cause);
    }
    return doomReady(some, slot -> cause);
  }

  /** Lends nothing any more; whoever waits is called, to be turned away. */
  void close() {
    book.close();
    callWaiters();
    closeAll(book.slots(), EvictionCause.SHUTDOWN);
  }

  /**
   * Lends nothing until it is told otherwise: whoever waits is called, to be turned away; what is
   * free goes now, and what comes back meanwhile then. Returns how many went.
   */
  int drain(boolean on) {
    book.drain(on);
    if (!on) {
      return 0;
    }
    callWaiters();
    return doomReady(book.slots(), slot -> EvictionCause.SWITCHED);
  }

  private void callWaiters() {
    for (TenantPool tenant : tenants.all()) {
      for (Waiter waiter : tenant.waiters()) {
        waiter.call();
        outbox.wake(waiter);
      }
    }
  }

  private interface Verdict {
    @Nullable EvictionCause of(Slot slot);
  }

  private int doomReady(Iterable<Slot> some, Verdict verdict) {
    List<Slot> ready = new ArrayList<>();
    for (Slot slot : some) {
      if (slot.isReady()) {
        ready.add(slot);
      }
    }
    int doomed = 0;
    for (Slot slot : ready) {
      EvictionCause cause = verdict.of(slot);
      if (cause != null) {
        book.doom(slot, cause);
        doomed++;
      }
    }
    dispatcher.serveLine();
    return doomed;
  }

  /** How long a connection may be idle from now on. */
  void maxIdle(Duration maxIdle) {
    maxIdleNanos = maxIdle.toNanos();
  }

  /** Dooms the free connections over the budget, the first victims' first; false without any. */
  boolean doomExcess() {
    Slot victim = excess();
    boolean any = victim != null;
    while (victim != null) {
      book.doom(victim, EvictionCause.BUDGET);
      victim = excess();
    }
    return any;
  }

  private @Nullable Slot excess() {
    TenantPool tenant = book.victims().free(book.isOneTooMany(false), book.isOneTooMany(true));
    return tenant == null ? null : tenant.stalest();
  }
}
