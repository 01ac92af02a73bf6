package io.tenantpool.pool;

import java.util.concurrent.TimeUnit;

/**
 * Whether the budget suffices, in episodes. One begins when a thread has to wait although nothing
 * but the budget keeps its tenant from one more connection: every permit that it could use has an
 * owner. It ends when nobody has had to for {@link #QUIET_NANOS}, so that a budget that is used up
 * again and again is one episode and not a hundred. Not thread-safe: the server's lock guards it.
 */
final class Shortage {

  static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final SlotBook book;
  private final WaitingLine line;
  private final Outbox outbox;
  private boolean during;
  private long lastSeen;

  Shortage(SlotBook book, WaitingLine line, Outbox outbox) {
    this.book = book;
    this.line = line;
    this.outbox = outbox;
  }

  /** To be called when somebody has begun to wait, and from time to time. */
  void look(long now) {
    if (isShort()) {
      lastSeen = now;
      if (!during) {
        during = true;
        outbox.budgetExhausted(book.budget().budget(), book.counters().waiting);
      }
    } else if (during && now - lastSeen >= QUIET_NANOS) {
      during = false;
    }
  }

  private boolean isShort() {
    Waiter first = line.first();
    if (first != null) {
      // One whose tenant has connections may wait for what is free and still wanted.
      return first.tenant().isInNeed() || !book.hasFree();
    }
    return !line.isEmpty() && !book.hasFree() && isAllOfOne();
  }

  /**
   * Whether those who wait are of a tenant that has the whole budget: nobody is a candidate for one
   * connection more then, though nothing but the budget bounds the tenant.
   */
  private boolean isAllOfOne() {
    if (book.budget().used() < book.budget().ordinaryBudget()) {
      return false;
    }
    for (Slot slot : book.slots()) {
      TenantPool tenant = slot.tenant();
      if (tenant.hasWaiters() && tenant.isAtLimit() && !tenant.isCapped()) {
        return true;
      }
    }
    return false;
  }
}
