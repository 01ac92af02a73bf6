package io.tenantpool.pool;

import org.jspecify.annotations.Nullable;

/**
 * Is asked at the beginning of what takes its time, on the thread whose time it is, so that it can
 * measure by a clock of its own and see that thread's stack. Unlike a {@link PoolListener} it hears
 * of single borrows: nobody who is not interested just now pays for them. No method throws.
 */
public interface ConnectionWatch {

  /** Is never interested. */
  ConnectionWatch NOBODY = new ConnectionWatch() {};

  /** A borrow begins; null when nobody is interested in it. Costs next to nothing then. */
  default @Nullable Borrowing borrowing() {
    return null;
  }

  /** A connect begins; null when nobody is interested in it. */
  default @Nullable Work opening() {
    return null;
  }

  /** The reset of a session begins; null when nobody is interested in it. */
  default @Nullable Work resetting() {
    return null;
  }

  /** The pool has closed a physical connection. */
  default void closed(ConnectionLabel connection, EvictionCause cause, long ageNanos) {}

  /** One borrow and its lease. Nothing more is heard of a borrow that fails. */
  interface Borrowing {

    /**
     * The lease has begun; on the thread that borrowed. {@code first}: the connection was opened
     * for it, and served nobody before.
     */
    void lent(ConnectionLabel connection, boolean first);

    /**
     * The lease ends, once; {@code unfit} says why the connection will serve nobody else, if so.
     */
    void returned(ConnectionLabel connection, @Nullable EvictionCause unfit);
  }

  /** A connect or a reset. */
  interface Work {

    /** It is over; a connection that could not be opened has a label all the same. */
    void ended(ConnectionLabel connection, boolean successful);
  }
}
