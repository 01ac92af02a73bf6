package io.tenantpool.pool;

import java.util.OptionalInt;

/**
 * What the server has room for beside what is configured: what it says that it allows, and what its
 * neighbours leave. Has the budget follow, dooms what is free above it, serves whom it lets in, and
 * tells of it once in an episode. Not thread-safe: the server's lock guards it.
 */
final class Neighbours {

  private final SlotBook book;
  private final ConnectionBudget budget;
  private final WaitingLine line;
  private final Retirement retirement;
  private final Dispatcher dispatcher;
  private final Outbox outbox;
  private final NeighbourLimit limit = new NeighbourLimit();

  Neighbours(
      SlotBook book,
      WaitingLine line,
      Retirement retirement,
      Dispatcher dispatcher,
      Outbox outbox) {
    this.book = book;
    this.budget = book.budget();
    this.line = line;
    this.retirement = retirement;
    this.dispatcher = dispatcher;
    this.outbox = outbox;
  }

  /**
   * The server says how many connections it allows, or does not say. Free connections above that
   * are doomed, leased ones when they come back; true when anything is doomed.
   */
  boolean serverAllows(OptionalInt says) {
    int before = budget.withoutNeighbours();
    budget.serverAllows(says);
    int now = budget.withoutNeighbours();
    if (now < before) {
      outbox.budgetLowered(budget.configured(), now);
    } else if (now > before) {
      outbox.budgetRaised(budget.configured(), now);
    }
    return follow();
  }

  /** A connect was refused because the server is full, and all its tries since {@code since}. */
  void refused(long since, long now) {
    boolean before = limit.isInForce();
    if (limit.refused(since, this::open, now)) {
      budget.neighboursLeave(limit.limit());
      if (!before) {
        outbox.neighboursFound(budget.withoutNeighbours(), limit.limit());
      }
      follow();
    }
  }

  private int open() {
    int open = 0;
    for (Slot slot : book.slots()) {
      open += slot.wasOpened() && slot.isUsable() ? 1 : 0;
    }
    return open;
  }

  /** A connect succeeded. */
  void connected() {
    limit.connected();
  }

  /** To be called about once a second. */
  void look(long now) {
    if (limit.look(budget.withoutNeighbours(), line.first() != null, now)) {
      budget.neighboursLeave(limit.limit());
      if (!limit.isInForce()) {
        outbox.neighboursGone(budget.budget());
      }
      follow();
    }
  }

  /** After the budget has changed. */
  private boolean follow() {
    boolean doomed = retirement.doomExcess();
    dispatcher.serveLine();
    return doomed;
  }
}
