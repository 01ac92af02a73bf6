package io.tenantpool.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one server for whoever takes one step at a time: each is made under the server's
 * lock, and what it leaves to do for others is done after it. Thread-safe.
 */
final class LockedLedger {

  final ServerLock lock;

  /** For those whose step may throw. */
  @GuardedBy("lock")
  final ServerLedger ledger;

  /**
   * Whether a step ended in the middle, in an error: then {@link Recovery} has the ledger counted
   * anew. Written before the lock is given back, by nothing but a write of this field.
   */
  volatile boolean isTorn;

  LockedLedger(ServerLock lock, ServerLedger ledger) {
    this.lock = lock;
    this.ledger = ledger;
  }

  void step(Consumer<ServerLedger> step) {
    boolean done = false;
    lock.lock();
    try {
      step.accept(ledger);
      done = true;
    } finally {
      if (!done) {
        isTorn = true;
      }
      lock.unlock();
    }
  }

  /** A step with a result. */
  <T> T ask(Function<ServerLedger, T> step) {
    boolean done = false;
    lock.lock();
    try {
      T answer = step.apply(ledger);
      done = true;
      return answer;
    } finally {
      if (!done) {
        isTorn = true;
      }
      lock.unlock();
    }
  }

  /** A step that results in a slot, or in none. */
  @Nullable Slot slot(Function<ServerLedger, @Nullable Slot> step) {
    boolean done = false;
    lock.lock();
    try {
      Slot slot = step.apply(ledger);
      done = true;
      return slot;
    } finally {
      if (!done) {
        isTorn = true;
      }
      lock.unlock();
    }
  }
}
