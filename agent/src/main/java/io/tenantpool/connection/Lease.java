package io.tenantpool.connection;

import org.jspecify.annotations.Nullable;

/**
 * The time during which a logical connection has a physical one. Whoever gets a lease ends it
 * exactly once, on whatever thread; between the two the physical connection belongs to that holder
 * alone.
 */
public interface Lease {

  /** The physical connection, the same one for the whole lease. */
  PhysicalConnection physical();

  /**
   * Where its holder says, by a write of a field alone, that it could not even call {@link #end};
   * null where nobody would look.
   */
  default @Nullable Tenure tenure() {
    return null;
  }

  /**
   * Whether the server has answered on the physical connection while this lease was being had: it
   * is new, or was validated or reset for it.
   */
  default boolean hasAnswered() {
    return false;
  }

  /**
   * Gives the physical connection back to where it came from. Never throws, never does I/O on the
   * calling thread. A physical connection that {@linkplain PhysicalConnection#isReusable() cannot
   * be reused} is closed, any other is reset before it serves again. A second call does nothing.
   */
  void end();

  /**
   * Whether it goes on while an application pool keeps the connection: its physical one came
   * straight from the driver, and nobody else is to have it.
   */
  default boolean staysAtRest() {
    return false;
  }

  /**
   * Closes, on this thread and before it returns, the idle connections to the same server that have
   * such sessions; returns how many. Never throws.
   */
  default int closeIdle(SessionFilter which) {
    return 0;
  }

  /**
   * What a login gives or allows such sessions of the same server has changed: whoever is to have a
   * new session gets none of them any more. Never throws.
   */
  default void outdate(SessionFilter which) {}

  /**
   * Counts a reason for which this lease could not end earlier, or for which its connection cannot
   * be reused, and the place in the application that gave it: {@code site}, null when unknown.
   */
  void pinned(Pin cause, @Nullable StackTraceElement site);
}
