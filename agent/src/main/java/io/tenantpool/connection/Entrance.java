package io.tenantpool.connection;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Who is with the driver on behalf of one logical connection. A call is in one of two places:
 *
 * <ul>
 *   <li><i>inside</i>: it holds the lock. All calls of the connection and of everything made from
 *       it, one at a time; they look at the state only after they have the lock.
 *   <li><i>beside</i>: it is counted. Cancel, abort, isClosed and close, which must get through
 *       while another thread is inside, and what need not wait for that thread ({@link Exclusion});
 *       they are let in only while the connection is open.
 * </ul>
 *
 * <p>The state goes from open to closed once, by whoever closes or aborts first. From then on
 * nobody enters. What has to happen when nobody is inside or beside, the end of a lease, is tried
 * by everyone who leaves ({@link #alone}): so a physical connection is never given away with a call
 * in it.
 */
final class Entrance {

  private enum State {
    OPEN,
    CLOSED,
    ENDED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private volatile State state = State.OPEN;

  /**
   * Written under the monitor. Read without it where a look is repeated: whoever leaves the side
   * tries the lock after writing, and whoever gives the lock back looks here after that, so one of
   * the two sees the other.
   */
  private volatile int beside;

  /** How many of those beside are calls to the driver like any other. */
  private int working;

  /** What those beside leave to whoever is inside next. */
  final Notes notes = new Notes();

  boolean isOpen() {
    return state == State.OPEN;
  }

  /** Goes inside; waits for whoever is there. */
  void enter() {
    lock.lock();
  }

  /** Goes inside unless another thread is there. */
  boolean tryEnter() {
    return lock.tryLock();
  }

  /** Whether this thread is inside. */
  boolean isInside() {
    return lock.isHeldByCurrentThread();
  }

  /** Leaves the inside. */
  void leave() {
    lock.unlock();
  }

  /** Whether anybody is inside, be it this very thread in a callback of the driver. */
  boolean isSomebodyInside() {
    if (!lock.tryLock()) {
      return true;
    }
    try {
      return lock.getHoldCount() > 1;
    } finally {
      lock.unlock();
    }
  }

  /** Goes beside while the connection is open; false when it is not. */
  synchronized boolean enterBeside() {
    if (state != State.OPEN) {
      return false;
    }
    beside++;
    return true;
  }

  /** Leaves the side. */
  synchronized void leaveBeside() {
    beside--;
  }

  /** As {@link #enterBeside}, for a call that might as well be inside. */
  synchronized boolean workBeside() {
    if (!enterBeside()) {
      return false;
    }
    working++;
    return true;
  }

  /** Leaves the side after {@link #workBeside}. */
  synchronized void leaveWork() {
    working--;
    beside--;
  }

  /** Whether {@link #close} has met a call: inside, or at work beside. */
  boolean isSomebodyAtWork() {
    return isSomebodyInside() || isSomebodyWorking();
  }

  private synchronized boolean isSomebodyWorking() {
    return working > 0;
  }

  /** Closes; whether it was open until now. */
  synchronized boolean close() {
    if (state != State.OPEN) {
      return false;
    }
    state = State.CLOSED;
    return true;
  }

  /** Whether it is closed and can {@linkplain #end end}. */
  boolean isReadyToEnd() {
    return state == State.CLOSED && beside == 0;
  }

  /** Ends it for good if nobody is beside; true once. From inside. */
  synchronized boolean end() {
    if (!isReadyToEnd()) {
      return false;
    }
    state = State.ENDED;
    return true;
  }

  /** Whether it is open and nobody is beside. */
  boolean isQuiet() {
    return state == State.OPEN && beside == 0;
  }

  /**
   * Makes a change, if it {@linkplain #isQuiet is quiet} and all notes are entered, before anybody
   * can come beside.
   */
  synchronized boolean whileQuiet(Runnable change) {
    if (!isQuiet() || notes.isPending()) {
      return false;
    }
    change.run();
    return true;
  }

  /**
   * Takes {@code step} inside if it is {@code due} and nobody is there; whoever is will come by
   * here when leaving. Looks again after letting the lock go, for one who left meanwhile and found
   * it taken, until the step answers that it is done.
   *
   * @return whether the step is done, by this call
   */
  boolean alone(BooleanSupplier due, BooleanSupplier step) {
    while (due.getAsBoolean() && lock.tryLock()) {
      try {
        if (lock.getHoldCount() > 1) {
          return false;
        }
        if (step.getAsBoolean()) {
          return true;
        }
      } finally {
        lock.unlock();
      }
    }
    return false;
  }
}
