package io.tenantpool.observation;

import io.tenantpool.pool.BorrowSamples;

/**
 * One server or tenant as operators see it: its MBeans, meters and borrow times. Belongs to the
 * observation thread. Every method does nothing unless overridden.
 */
interface Presence {

  /** A batch of a server, before its samples are told one by one. */
  default void samples(BorrowSamples samples) {}

  /** A borrow succeeded. */
  default void borrowed(long nanos) {}

  /** A lease ended. */
  default void returned(long nanos) {}

  /** A physical connection was opened. */
  default void opened(long nanos) {}

  /** A borrow ended with the acquire timeout. */
  default void timedOut() {}

  /** Forgets the borrow times so far. */
  default void resetTimes() {}

  /** Takes everything away that operators see of it. */
  default void close() {}

  /** Shows servers and tenants. */
  interface Stage {

    Presence server(String server);

    Presence tenant(String server, String tenant);

    /** Tidies up; called with every step of the observation thread. */
    default void sweep() {}

    /** Whether {@link #sweep} has nothing to do soon. */
    default boolean isSettled() {
      return true;
    }

    /** Shows all on both, the first one first. */
    static Stage both(Stage one, Stage other) {
      return new Stage() {
        @Override
        public Presence server(String server) {
          return new DoublePresence(one.server(server), other.server(server));
        }

        @Override
        public Presence tenant(String server, String tenant) {
          return new DoublePresence(one.tenant(server, tenant), other.tenant(server, tenant));
        }

        @Override
        public void sweep() {
          one.sweep();
          other.sweep();
        }

        @Override
        public boolean isSettled() {
          return one.isSettled() && other.isSettled();
        }
      };
    }

    /** Shows nothing: the JVM ends before there was time to. */
    static Stage empty() {
      return new Stage() {
        @Override
        public Presence server(String server) {
          return new Presence() {};
        }

        @Override
        public Presence tenant(String server, String tenant) {
          return new Presence() {};
        }
      };
    }
  }
}
