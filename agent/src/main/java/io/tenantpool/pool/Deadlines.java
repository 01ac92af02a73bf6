package io.tenantpool.pool;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Looks after what waits for an answer of a server and must not wait for ever: connects,
 * validations, resets of borrowers. One thread for all servers, which looks at all that is under
 * way every {@value #TICK_MILLIS} ms and at the moment of the nearest deadline, so that nobody pays
 * for waking it; it ends when there was nothing for a while. No lock: a set, and whatever is in it
 * says itself what is to be done.
 */
final class Deadlines implements Runnable {

  /** Something under way that may have to end. */
  interface Watched {

    /**
     * Ends it if it has to; on the thread of the deadlines, without a lock.
     *
     * @return the time at which it has to end if nothing else happens
     */
    long look(long now);
  }

  private static final long TICK_MILLIS = 20;
  private static final long TICK_NANOS = TICK_MILLIS * 1_000_000;
  private static final long SHORTEST_PARK_NANOS = 500_000;

  /** A new thread costs less than looking for that long would. */
  private static final long LINGER_NANOS = 10_000_000_000L;

  private final Ticker ticker;
  private final Herald herald;
  private final Consumer<Deadlines> starter;
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean running = new AtomicBoolean();

  /** {@code starter} has a thread started that runs this and inherits nothing. */
  Deadlines(Ticker ticker, Herald herald, Consumer<Deadlines> starter) {
    this.ticker = ticker;
    this.herald = herald;
    this.starter = starter;
  }

  /** From now on, until {@link #forget}. */
  void watch(Watched one) {
    watched.add(one);
    ensureThread();
  }

  void forget(Watched one) {
    watched.remove(one);
  }

  /** Has a thread started where one is needed and there is none; costs a read otherwise. */
  void ensureThread() {
    if (!running.get() && !watched.isEmpty() && running.compareAndSet(false, true)) {
      boolean started = false;
      try {
        starter.accept(this);
        started = true;
      } finally {
        if (!started) {
          running.set(false);
        }
      }
    }
  }

  /** Whether there is a thread, or will be soon. */
  boolean isRunning() {
    return running.get();
  }

  /** The thread that was asked for could not be started. */
  void notStarted() {
    running.set(false);
  }

  @Override
  public void run() {
    try {
      long idleSince = ticker.nanos();
      for (long now = idleSince; now - idleSince < LINGER_NANOS; now = ticker.nanos()) {
        if (!watched.isEmpty()) {
          idleSince = now;
        }
        long next = round(now);
        // With the flag up nobody parks.
        boolean interrupted = Thread.interrupted();
        if (!interrupted) {
          ticker.park(this, Math.max(SHORTEST_PARK_NANOS, Math.min(TICK_NANOS, next - now)));
        }
      }
    } finally {
      running.set(false);
      // What came since the last look found a thread that was about to end.
      ensureThread();
    }
  }

  /** Looks at all of them; returns the nearest of their deadlines, or one that is far away. */
  long round(long now) {
    long next = now + LINGER_NANOS;
    for (Watched one : watched) {
      try {
        long due = one.look(now);
        next = due - next < 0 ? due : next;
      } catch (Throwable fault) {
        herald.complain("what takes too long could not be ended", fault);
      }
    }
    return next;
  }
}
