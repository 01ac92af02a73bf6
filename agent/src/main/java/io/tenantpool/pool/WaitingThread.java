package io.tenantpool.pool;

import java.util.Comparator;
import java.util.List;

/**
 * A thread in the waiting line.
 *
 * @param tenant of whom it wants a connection
 * @param thread its name
 * @param waitedNanos for how long, in nanoseconds
 */
public record WaitingThread(String tenant, String thread, long waitedNanos) {

  /** The longest first, so many at most. */
  static List<WaitingThread> longest(List<WaitingThread> waiting, int most) {
    return waiting.stream()
        .sorted(Comparator.comparingLong(WaitingThread::waitedNanos).reversed())
        .limit(most)
        .toList();
  }
}
