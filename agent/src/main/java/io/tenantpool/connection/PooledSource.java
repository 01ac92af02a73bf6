package io.tenantpool.connection;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** How a connection of an application pool asks for physical ones, all of one pool key. */
public interface PooledSource {

  /**
   * Waits for a physical connection, whose session is clean or was last used by {@code origin};
   * null for one that is clean in any case.
   *
   * @throws LoginRefusedException when the server refuses to log in again what was logged in once
   * @throws SQLException as {@link LeaseSource#acquire}
   */
  Lease acquire(@Nullable Origin origin) throws SQLException;

  /**
   * The same on behalf of a call of a connection that was opened before, whose own limits bound the
   * wait.
   *
   * @throws SQLException as the {@link WaitEnd} says that has ended the wait, too
   */
  default Lease acquire(@Nullable Origin origin, Caller caller) throws SQLException {
    return acquire(origin);
  }

  /**
   * The source for one more connection that needs no login to show that its credentials are right:
   * the server has accepted them, and nothing has put them in doubt since. Null when a login has to
   * show it.
   */
  default @Nullable PooledSource ifProven() {
    return this;
  }

  /**
   * The last connection of {@code origin} was closed: nobody else can use the sessions that are
   * kept for it as they are. Never throws.
   */
  void abandoned(Origin origin);

  /** Whether the server that the physical ones come from answers. */
  Reachability server();

  /**
   * The pool {@code origin} has got one more connection: a physical one without the agent. Never
   * throws.
   */
  default void openedByPool(Origin origin) {}

  /**
   * {@code origin}, which was never seen to lend a connection, begins to use one at {@code site}:
   * unless it lends soon, this connection keeps its physical one until it is closed. Never throws.
   */
  default void usedUnlent(Origin origin, @Nullable StackTraceElement site) {}

  /**
   * A connection of {@code origin} that has worked was closed, by its pool's own will: without the
   * agent its session would be gone now, and a pool that closes its connections gets new ones. So
   * the sessions go that this connection, or an older one of that pool, has used; those in use now
   * when they come back. Never throws.
   *
   * @param connection its number: the pool's connections count from 1 in the order of their opening
   */
  default void closed(Origin origin, long connection) {}

  /** What is learnt of: equal for equal URL, user, credentials and properties. */
  Object poolKey();

  /** The driver's class. What is learnt of the pool key is kept with it, and goes with it. */
  Class<?> driverClass();

  /** Whether SQL of several statements is refused, as an operator has asked for. */
  default boolean allowsOneStatement() {
    return false;
  }

  /** As a source of leases that last until their connection is closed. */
  default LeaseSource first() {
    PooledSource source = this;
    return new LeaseSource() {
      @Override
      public Lease acquire() throws SQLException {
        return source.acquire(null);
      }

      @Override
      public boolean allowsOneStatement() {
        return source.allowsOneStatement();
      }
    };
  }
}
