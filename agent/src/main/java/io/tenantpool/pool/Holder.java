package io.tenantpool.pool;

import io.tenantpool.connection.CallStack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a physical connection.
 *
 * @param tenant whose connection it is
 * @param connection its id, unique for its server
 * @param heldNanos for how long, in nanoseconds
 * @param thread the name of the thread that borrowed it
 * @param takenAt where it borrowed; null unless {@code tenantpool.leak-detection-threshold} was set
 */
public record Holder(
    String tenant, long connection, long heldNanos, String thread, @Nullable CallStack takenAt) {

  /** The application's own place in the borrow; null when it is not known. */
  public @Nullable StackTraceElement site() {
    return takenAt == null ? null : takenAt.site();
  }

  /** The stack of the borrow, innermost first; empty when it is not known. */
  public List<StackTraceElement> stack() {
    return takenAt == null ? List.of() : takenAt.elements();
  }

  /** Those of the slots that are lent, in no order; under the server's lock. */
  static List<Holder> of(Iterable<Slot> slots, long now) {
    List<Holder> holders = new ArrayList<>();
    for (Slot slot : slots) {
      PooledLease lease = slot.lease();
      if (lease != null) {
        holders.add(of(slot, lease, now));
      }
    }
    return holders;
  }

  static Holder of(Slot slot, PooledLease lease, long now) {
    return new Holder(
        slot.tenant().name(),
        slot.id(),
        now - slot.lentAt(),
        lease.borrower().getName(),
        lease.takenAt());
  }

  /** The longest first, so many at most. */
  static List<Holder> longest(List<Holder> holders, int most) {
    return holders.stream()
        .sorted(Comparator.comparingLong(Holder::heldNanos).reversed())
        .limit(most)
        .toList();
  }
}
