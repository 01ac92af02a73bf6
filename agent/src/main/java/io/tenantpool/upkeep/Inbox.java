package io.tenantpool.upkeep;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The way from the application's threads to one of the agent's. Whoever offers never waits, takes
 * no lock, and leaves it either as it was or with one more, whatever is thrown at whatever line: a
 * single compare-and-set takes the place and fills it. (An {@code ArrayBlockingQueue} in which a
 * thread runs out of stack keeps its lock for ever.) Never grows beyond its capacity, twice over:
 * once for what is offered, once for what the reader has already taken up.
 */
public final class Inbox<T> {

  private static final class Letter<T> {
    final T content;
    final int depth;

    /** The one before it; once taken up, the one after it. */
    @Nullable Letter<T> link;

    Letter(T content, @Nullable Letter<T> before) {
      this.content = content;
      this.link = before;
      this.depth = before == null ? 1 : before.depth + 1;
    }
  }

  private final int capacity;
  private final AtomicReference<@Nullable Letter<T>> newest = new AtomicReference<>();

  /** The reader's own. */
  private @Nullable Letter<T> oldest;

  private volatile @Nullable Thread sleeper;

  /** With room for so many. */
  public Inbox(int capacity) {
    this.capacity = capacity;
  }

  /** False when there is no room. */
  public boolean offer(T content) {
    Letter<T> before;
    Letter<T> letter;
    do {
      before = newest.get();
      if (before != null && before.depth >= capacity) {
        return false;
      }
      letter = new Letter<>(content, before);
    } while (!newest.compareAndSet(before, letter));
    Thread reader = sleeper;
    if (reader != null) {
      LockSupport.unpark(reader);
    }
    return true;
  }

  /** The oldest one; null when there is none. Readers exclude each other, and nobody else. */
  public synchronized @Nullable T poll() {
    Letter<T> first = oldest;
    if (first == null) {
      Letter<T> taken = newest.getAndSet(null);
      while (taken != null) {
        Letter<T> before = taken.link;
        taken.link = first;
        first = taken;
        taken = before;
      }
      if (first == null) {
        return null;
      }
    }
    oldest = first.link;
    return first.content;
  }

  /** Whether nothing is there for the reader. */
  public synchronized boolean isEmpty() {
    return oldest == null && newest.get() == null;
  }

  /** Has the reader wait until something is there, for so long at most; it may be woken sooner. */
  public void await(long nanos) {
    sleeper = Thread.currentThread();
    // Looked at again after the name is there: whoever brought something before did not wake.
    if (isEmpty()) {
      LockSupport.parkNanos(this, nanos);
    }
    sleeper = null;
  }
}
