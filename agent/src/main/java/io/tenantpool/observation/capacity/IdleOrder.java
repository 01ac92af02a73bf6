package io.tenantpool.observation.capacity;

import java.util.Arrays;

/**
 * Idle connections in the order in which they came back, and how many came back after a given one.
 * Each has a position that only grows; one bit says that it is still idle, and a Fenwick tree
 * counts the bits of 64 positions at a time, so that the tree of ten thousand connections fits into
 * a processor's first cache. When the positions are used up, {@link #compact} closes the gaps. Not
 * thread-safe.
 */
final class IdleOrder {

  /** No connection. */
  static final int NONE = -1;

  private static final int SMALLEST = 64;

  private long[] idle = new long[1];

  /** Fenwick tree over the words of {@link #idle}; index 0 is not used. */
  private int[] counts = new int[2];

  /** The tenant's connection that came back before the one at this position. */
  private int[] older = new int[SMALLEST];

  private int next;
  private int size;

  /** How many are idle. */
  int size() {
    return size;
  }

  boolean isFull() {
    return next == older.length;
  }

  /**
   * Adds the newest; returns its position. {@code olderOfTenant} is where the tenant's next one is,
   * or {@link #NONE}.
   */
  int add(int olderOfTenant) {
    int position = next++;
    older[position] = olderOfTenant;
    idle[position >>> 6] |= 1L << position;
    count(position >>> 6, 1);
    size++;
    return position;
  }

  int olderOfTenant(int position) {
    return older[position];
  }

  void remove(int position) {
    idle[position >>> 6] &= ~(1L << position);
    count(position >>> 6, -1);
    size--;
  }

  /** How many came back after the one at {@code position} and are idle. */
  int newerThan(int position) {
    int word = position >>> 6;
    int upToHere = Long.bitCount(idle[word] & (-1L >>> (63 - (position & 63))));
    for (int i = word; i > 0; i &= i - 1) {
      upToHere += counts[i];
    }
    return size - upToHere;
  }

  /**
   * Closes the gaps and makes room for as many again, {@code atLeast} at least. Returns the new
   * position of each old one.
   */
  int[] compact(int atLeast) {
    int[] moved = new int[next];
    int wanted = 2 * Math.max(SMALLEST / 2, Math.max(size, atLeast));
    int[] olderThen = new int[Integer.highestOneBit(wanted - 1) << 1];
    int to = 0;
    for (int from = 0; from < next; from++) {
      if ((idle[from >>> 6] & 1L << from) != 0) {
        olderThen[to] = older[from] == NONE ? NONE : moved[older[from]];
        moved[from] = to++;
      }
    }
    older = olderThen;
    next = to;
    countAnew();
    return moved;
  }

  private void countAnew() {
    idle = new long[older.length >>> 6];
    Arrays.fill(idle, 0, size >>> 6, -1L);
    if ((size & 63) != 0) {
      idle[size >>> 6] = -1L >>> (64 - (size & 63));
    }
    counts = new int[idle.length + 1];
    for (int word = 0; word < idle.length; word++) {
      count(word, Long.bitCount(idle[word]));
    }
  }

  private void count(int word, int change) {
    for (int i = word + 1; i < counts.length; i += i & -i) {
      counts[i] += change;
    }
  }
}
