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

  LockedLedger(ServerLock lock, ServerLedger ledger) {
    this.lock = lock;
    this.ledger = ledger;
  }

  void step(Consumer<ServerLedger> step) {
    lock.lock();
    try {
      step.accept(ledger);
    } finally {
      lock.unlock();
    }
  }

  /** A step with a result. */
  <T> T ask(Function<ServerLedger, T> step) {
    lock.lock();
    try {
      return step.apply(ledger);
    } finally {
      lock.unlock();
    }
  }

  /** A step that results in a slot, or in none. */
  @Nullable Slot slot(Function<ServerLedger, @Nullable Slot> step) {
    lock.lock();
    try {
      return step.apply(ledger);
    } finally {
      lock.unlock();
    }
  }
}
