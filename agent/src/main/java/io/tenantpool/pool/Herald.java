package io.tenantpool.pool;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Tells the listener, and keeps what it throws: a borrower that has just been given a connection
 * must not lose it because a meter failed. The first failure of each server is logged with its
 * stack, the others are not, since a listener that fails once tends to fail at every event.
 */
final class Herald {

  private final PoolListener listener;
  private final ConnectionWatch watch;
  private final AtomicBoolean complained = new AtomicBoolean();

  Herald(PoolListener listener) {
    this.listener = listener;
    this.watch = listener.watch();
  }

  /** To be asked without a lock. */
  ConnectionWatch watch() {
    return watch;
  }

  /** To be called without a lock. */
  void tell(Consumer<PoolListener> event) {
    try {
      event.accept(listener);
    } catch (RuntimeException | Error e) {
      complain("a listener of the pool failed; the pool goes on", e);
    }
  }

  /** Something that may never throw has thrown, and the pool went on. */
  void complain(String what, @Nullable Throwable failure) {
    if (complained.compareAndSet(false, true)) {
      // Looked up late: nothing may wake the logging before the application's main.
      LoggerFactory.getLogger(Herald.class).warn("tenant-pool: {}", what, failure);
    }
  }
}
