package io.tenantpool.connection;

import org.jspecify.annotations.Nullable;

/**
 * Hears what one watched connection does. Every method returns at once, never throws, and may come
 * from any thread.
 */
public interface Watch {

  /** An application pool has handed it out; nothing when that is known already. */
  void lent();

  /** The application pool has it back; nothing when it was not lent. */
  void returned();

  /** A transaction or a statement begins, or a checkout; alternates with {@link #idle}. */
  void busy();

  /** Neither runs any more. */
  void idle();

  /** Pooled, its lease could not have ended here, or its session not been reused. */
  void wouldPin(Pin cause, @Nullable StackTraceElement site);

  /** It is closed, or lost; counts once. */
  void closed();
}
