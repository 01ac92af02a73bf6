package io.tenantpool.pool;

import org.jspecify.annotations.Nullable;

/**
 * Makes room for one connect that a {@linkplain LoginLimit limit} of its role or database stands in
 * the way of: an idle connection that counts towards the same limit is closed for it. Without one
 * the refusal is the application's, at once, as without the agent. On the borrower's thread.
 */
final class PlaceOfAnother {

  /** The server counts a session that was closed for a moment longer. */
  private static final long SERVER_NOTICES_NANOS = 200_000_000;

  private final ServerPool pool;
  private final Slot slot;
  private final @Nullable Slot victim;
  private boolean refusedBefore;

  /** Until when a place that was made may not be seen by the server; of no meaning before. */
  private long noticedBy;

  private boolean isMade;

  /** For the connect of {@code slot}, for which {@code victim} was closed, if there was one. */
  PlaceOfAnother(ServerPool pool, Slot slot, @Nullable Slot victim) {
    this.pool = pool;
    this.slot = slot;
    this.victim = victim;
  }

  /** Closes an idle connection, unless the last one may not be seen yet; whether it did. */
  boolean make(LoginLimit limit) {
    if (!refusedBefore) {
      refusedBefore = true;
      if (victim != null && limit.isShared(victim.key(), slot.key())) {
        made();
      }
    }
    if (isBeingNoticed()) {
      return false;
    }
    Slot idle = pool.books().slot(ledger -> ledger.retirement().giveWay(slot, limit));
    if (idle != null) {
      pool.cleaning().close(idle);
      made();
      return true;
    }
    return false;
  }

  /** Whether there will be a place in a moment. */
  boolean isExpected(LoginLimit limit) {
    return isBeingNoticed()
        || pool.books().ask(ledger -> ledger.retirement().isGivingWay(slot, limit));
  }

  private boolean isBeingNoticed() {
    return isMade && pool.ticker().nanos() - noticedBy < 0;
  }

  private void made() {
    isMade = true;
    noticedBy = pool.ticker().nanos() + SERVER_NOTICES_NANOS;
  }
}
