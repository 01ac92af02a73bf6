package io.tenantpool.pool;

import org.jspecify.annotations.Nullable;

/**
 * The free connections of a server in the order in which they became free: a doubly linked list
 * through the slots themselves, so that nothing takes more than a few writes. Not thread-safe: the
 * server's lock guards it.
 */
final class IdleOrder {

  private @Nullable Slot oldest;
  private @Nullable Slot newest;

  /** A slot that is not in it has become free, last of all. */
  void add(Slot slot) {
    Slot before = newest;
    slot.freedBefore = before;
    newest = slot;
    if (before == null) {
      oldest = slot;
    } else {
      before.freedAfter = slot;
    }
  }

  /** A slot that is in it is free no more. */
  void remove(Slot slot) {
    Slot before = slot.freedBefore;
    Slot after = slot.freedAfter;
    if (before == null && slot != oldest) {
      // A step that ended in the middle; see LedgerRepair.
      return;
    }
    if (before == null) {
      oldest = after;
    } else {
      before.freedAfter = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.freedBefore = before;
    }
    slot.freedBefore = null;
    slot.freedAfter = null;
  }

  /** The one that has been free for the longest time; null when none is. */
  @Nullable Slot first() {
    return oldest;
  }

  /** See {@link LedgerRepair}: none of them is in it any more. */
  void clear(Iterable<Slot> slots) {
    for (Slot slot : slots) {
      slot.freedBefore = null;
      slot.freedAfter = null;
    }
    oldest = null;
    newest = null;
  }
}
