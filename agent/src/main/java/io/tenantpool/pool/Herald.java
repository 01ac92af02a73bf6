package io.tenantpool.pool;

import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listener, and keeps what it throws: a borrower that has just been given a connection
 * must not lose it because a meter failed.
 */
final class Herald {

  private final PoolListener listener;
  private final ConnectionWatch watch;
  private final Faults faults;
  private final @Nullable String server;

  /** Of the whole. */
  Herald(PoolListener listener) {
    this(listener, null);
  }

  /** Of one server. */
  Herald(PoolListener listener, @Nullable String server) {
    this.listener = listener;
    this.watch = listener.watch();
    this.faults = listener.faults();
    this.server = server;
  }

  /** To be asked without a lock. */
  ConnectionWatch watch() {
    return watch;
  }

  /** To be called without a lock. */
  void tell(Consumer<PoolListener> event) {
    try {
      event.accept(listener);
    } catch (Throwable e) {
      faults.report(
          FaultKind.OBSERVATION, "a listener of the pool failed; the pool goes on", server, e);
    }
  }

  /**
   * Something that is not the agent's, and may never throw, has thrown, and the pool went on. The
   * same words each time.
   */
  void complain(String what, Throwable failure) {
    faults.report(FaultKind.DRIVER, what, server, failure);
  }

  /** A step of the pool itself failed, and the pool went on. */
  void failed(String what, Throwable failure) {
    faults.report(FaultKind.POOL, what, server, failure);
  }
}
