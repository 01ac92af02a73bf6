package io.tenantpool.connection;

import org.jspecify.annotations.Nullable;

/**
 * What the application pool that has a connection does with it: sets it up, lends it, takes it
 * back. A portable connection and a watched one care; for any other object nothing happens.
 */
public interface PoolSide {

  /** Of an object that is no connection of ours, or one that no application pool opened. */
  PoolSide OF_OTHERS = new PoolSide() {};

  /** That of {@code connection}. */
  static PoolSide of(@Nullable Object connection) {
    Wrapper wrapper = JdbcProxy.wrapperOf(connection);
    return wrapper == null ? OF_OTHERS : wrapper.poolSide();
  }

  /**
   * The application pool goes on with the set-up: what it executes until {@link #setUpEnded}
   * belongs to it as well. False, and nothing changes, for a connection that is lent, or whose
   * session is not at rest.
   */
  default boolean resumeSetUp() {
    return false;
  }

  /** The application pool has set it up. */
  default void setUpEnded() {}

  /** The application pool is about to hand it out. */
  default void lent() {}

  /**
   * The application pool is about to use it on a thread that the calling one will wait for: takes a
   * lease now, if it has none. What fails will fail again where it is used.
   */
  default void used() {}

  /**
   * The application pool hands out its driver's connection itself, {@code connection}: what the
   * application is to get for that. Takes a lease now, if there is none; what fails will fail again
   * where it is used.
   */
  default Object unwrapped(Object connection) {
    return connection;
  }

  /** The application pool has it back. */
  default void returned() {}
}
