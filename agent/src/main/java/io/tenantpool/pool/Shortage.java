package io.tenantpool.pool;

import java.util.concurrent.TimeUnit;

/**
 * Whether the budget suffices, in episodes. One begins when a thread has to wait although its
 * tenant may have one more connection: every permit that it could use has an owner. It ends when
 * nobody has had to for {@link #QUIET_NANOS}, so that a budget that is used up again and again is
 * one episode and not a hundred. Not thread-safe: the server's lock guards it.
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
    Waiter first = line.first();
    // One whose tenant has connections may wait for what is free and still wanted.
    if (first != null && (first.tenant().isInNeed() || !book.hasFree())) {
      lastSeen = now;
      if (!during) {
        during = true;
        outbox.budgetExhausted(book.budget().budget(), book.counters().waiting);
      }
    } else if (during && now - lastSeen >= QUIET_NANOS) {
      during = false;
    }
  }
}
