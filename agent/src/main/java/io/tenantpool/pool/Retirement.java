package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which connections go without anybody asking for theirs: too old, idle for too long, over
 * a lowered budget, unwanted by an operator, left at the end. What is free is doomed at once; what
 * somebody owns has its fate sealed, and its owner finds that. Not thread-safe: the server's lock
 * guards it.
 */
final class Retirement {

  private static final long LONGEST_RESET_NANOS = 5_000_000_000L;

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
   * Dooms the free sessions that nobody but {@code origin}, which is gone, could use as they are.
   */
  int evictKept(TenantPool tenant, Origin origin) {
    return doomReady(
        tenant.slots(),
        slot -> slot.physical().origin() == origin ? EvictionCause.ABANDONED : null);
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

  /**
   * The server allows this many: free connections above that are doomed, leased ones when they come
   * back.
   */
  boolean lowerBudget(int allowed) {
    boolean lowered = book.budget().lowerTo(allowed);
    doomExcess();
    dispatcher.serveLine();
    return lowered;
  }

  /** How long a connection may be idle from now on. */
  void maxIdle(Duration maxIdle) {
    maxIdleNanos = maxIdle.toNanos();
  }

  /** Dooms the free connections over the budget, least recently used first. */
  void doomExcess() {
    TenantPool victims = excess();
    while (victims != null) {
      Slot victim = victims.stalest();
      if (victim != null) {
        book.doom(victim, EvictionCause.BUDGET);
      }
      victims = excess();
    }
  }

  private @Nullable TenantPool excess() {
    return book.leastRecentlyUsed(tenant -> book.isOneTooMany(tenant.isSystem()));
  }
}
