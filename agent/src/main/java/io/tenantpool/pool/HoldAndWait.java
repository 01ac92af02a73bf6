package io.tenantpool.pool;

import io.tenantpool.connection.ThreadPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A wait in vain for connections that were held for the whole of it by threads that ask nothing of
 * them: threads that wait for something else, often for the very thread that waits here. More
 * connections are one way out of it, holding none meanwhile is the other.
 */
final class HoldAndWait {

  private static final int NAMED = 3;

  /** One thread, with how many connections of that tenant, the first one for so long. */
  private record Held(Thread thread, String tenant, int count, long nanos) {

    boolean isOf(Thread other, String name) {
      return thread == other && tenant.equals(name);
    }

    Held and(long more) {
      return new Held(thread, tenant, count + 1, Math.max(nanos, more));
    }
  }

  private final List<Held> all;

  private HoldAndWait(List<Held> all) {
    this.all = all;
  }

  /**
   * Those who hold all of these slots, each of them since {@code since} at least; null when one is
   * free, on its way, or has been lent since. Under the server's lock.
   */
  static @Nullable HoldAndWait of(Iterable<Slot> slots, long since, long now) {
    List<Held> all = new ArrayList<>();
    for (Slot slot : slots) {
      if (slot.isUsable()) {
        Thread borrower = slot.borrower();
        if (borrower == null || slot.lentAt() - since > 0) {
          return null;
        }
        note(all, borrower, slot.tenant().name(), now - slot.lentAt());
      }
    }
    return all.isEmpty() ? null : new HoldAndWait(all);
  }

  private static void note(List<Held> all, Thread thread, String tenant, long nanos) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).isOf(thread, tenant)) {
        all.set(i, all.get(i).and(nanos));
        return;
      }
    }
    all.add(new Held(thread, tenant, 1, nanos));
  }

  /**
   * Who they are and where, the longest first; null when one of them is in a call to its driver
   * just now. Not under a lock.
   */
  @Nullable String text() {
    List<Held> longest = new ArrayList<>(all);
    longest.sort((one, other) -> Long.compare(other.nanos, one.nanos));
    StringBuilder named = new StringBuilder();
    for (int i = 0; i < longest.size(); i++) {
      Held held = longest.get(i);
      ThreadPlace place = ThreadPlace.of(held.thread);
      if (place.isCalling()) {
        return null;
      }
      if (i < NAMED) {
        name(named.append(i == 0 ? "" : ", "), held, place);
      }
    }
    int more = longest.size() - NAMED;
    return named + (more > 0 ? " and " + more + " more" : "");
  }

  private static void name(StringBuilder text, Held held, ThreadPlace place) {
    text.append('\'').append(held.thread.getName()).append("' with ").append(held.count);
    text.append(" of '")
        .append(held.tenant)
        .append("' for ")
        .append(TimeUnit.NANOSECONDS.toMillis(held.nanos))
        .append(" ms, ");
    if (!held.thread.isAlive()) {
      text.append("which has ended");
    } else if (place.awaitsConnection()) {
      text.append("waiting for a connection itself at ").append(place.site());
    } else {
      text.append("at ").append(place.site());
    }
  }
}
