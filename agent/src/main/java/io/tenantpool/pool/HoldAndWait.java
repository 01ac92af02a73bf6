package io.tenantpool.pool;

import io.tenantpool.connection.ThreadPlace;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A wait in vain for connections that were held for the whole of it by threads that, at its end,
 * asked nothing of them: threads that wait for something else, often for the very thread that waits
 * here. More connections are one way out of it, holding none meanwhile is the other.
 */
final class HoldAndWait {

  private static final int NAMED = 3;

  /** One thread, with how many connections of that tenant, the first one for so long. */
  private static final class Held {
    final Thread thread;
    final String tenant;
    int count;
    long nanos;

    Held(Thread thread, String tenant) {
      this.thread = thread;
      this.tenant = tenant;
    }
  }

  private final List<Held> all;

  private HoldAndWait(List<Held> all) {
    this.all = all;
  }

  /**
   * Those who hold all that the waiter could have had, each of them for the whole of its wait at
   * least; null when one of these is free, on its way, or has been lent since. A tenant at its own
   * limit could have had what it has itself; an ordinary one, what ordinary ones have, and what a
   * system tenant uses beyond the reserve. Under the server's lock.
   */
  static @Nullable HoldAndWait of(SlotBook book, Waiter waiter, long now) {
    TenantPool tenant = waiter.tenant();
    boolean isOwn = TenantAdvice.isAtItsOwnLimit(tenant);
    boolean systemToo = tenant.isSystem() || book.budget().canPass(true, false);
    IdentityHashMap<Thread, IdentityHashMap<TenantPool, Held>> known = new IdentityHashMap<>();
    List<Held> all = new ArrayList<>();
    for (Slot slot : isOwn ? tenant.slots() : book.slots()) {
      Thread borrower = slot.borrower();
      boolean concerns = !slot.tenant().isSystem() || isOwn || tenant.isSystem();
      // What is idle in the reserve, or may be, is no reason to say nothing.
      if (!slot.isUsable() || (!concerns && (borrower == null || !systemToo))) {
        continue;
      }
      if (borrower == null || slot.lentAt() - waiter.since() > 0) {
        return null;
      }
      Held held =
          known
              .computeIfAbsent(borrower, any -> new IdentityHashMap<>(2))
              .computeIfAbsent(slot.tenant(), of -> added(all, borrower, of.name()));
      held.count++;
      held.nanos = Math.max(held.nanos, now - slot.lentAt());
    }
    return all.isEmpty() ? null : new HoldAndWait(all);
  }

  private static Held added(List<Held> all, Thread thread, String tenant) {
    Held held = new Held(thread, tenant);
    all.add(held);
    return held;
  }

  /**
   * Who they are and where, the longest first; null when one of them is in a call to its driver
   * just now, or may be. Not under the server's lock.
   */
  @Nullable String text(HolderPlaces places) {
    List<Held> longest = new ArrayList<>(all);
    longest.sort((one, other) -> Long.compare(other.nanos, one.nanos));
    Map<Thread, ThreadPlace> seen = places.of(longest.stream().map(held -> held.thread).toList());
    if (seen == null) {
      return null;
    }
    StringBuilder named = new StringBuilder();
    for (int i = 0; i < longest.size(); i++) {
      Held held = longest.get(i);
      ThreadPlace place = seen.get(held.thread);
      boolean isBusy =
          place == null ? held.thread.getState() == Thread.State.RUNNABLE : place.isCalling();
      if (isBusy) {
        return null;
      }
      if (i < NAMED) {
        name(named.append(i == 0 ? "" : ", "), held, place);
      }
    }
    int more = longest.size() - NAMED;
    return named + (more > 0 ? " and " + more + " more" : "");
  }

  private static void name(StringBuilder text, Held held, @Nullable ThreadPlace place) {
    text.append('\'').append(held.thread.getName()).append("' with ").append(held.count);
    text.append(" of '")
        .append(held.tenant)
        .append("' for ")
        .append(TimeUnit.NANOSECONDS.toMillis(held.nanos))
        .append(" ms, ");
    if (!held.thread.isAlive()) {
      text.append("which has ended");
    } else if (place == null) {
      text.append("which waits");
    } else if (place.awaitsConnection()) {
      text.append("waiting for a connection itself at ").append(place.site());
    } else {
      text.append("at ").append(place.site());
    }
  }
}
