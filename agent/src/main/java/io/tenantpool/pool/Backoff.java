package io.tenantpool.pool;

import java.util.random.RandomGenerator;

/**
 * Pauses between tries, each up to twice as long as the one before it. A pause is drawn between a
 * half of its length and the whole, so that many who have failed together do not all come back
 * together. Not thread-safe.
 */
final class Backoff {

  private final long first;
  private final long longest;
  private final RandomGenerator random;
  private long next;

  /** Pauses of so many nanoseconds. */
  Backoff(long first, long longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    next = first;
  }

  /** Nanoseconds of the next pause. */
  long next() {
    long pause = next - random.nextLong(next / 2 + 1);
    next = Math.min(longest, 2 * next);
    return pause;
  }

  /** The next pause is a short one again. */
  void reset() {
    next = first;
  }
}
