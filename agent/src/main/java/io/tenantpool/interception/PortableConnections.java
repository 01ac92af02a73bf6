package io.tenantpool.interception;

import io.tenantpool.connection.LogicalConnections;
import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PoolSide;
import io.tenantpool.connection.PooledSource;
import java.sql.Connection;
import java.sql.SQLException;

/** What the door needs of the connections that application pools open, watched ones included. */
interface PortableConnections {

  /** Opens a connection of the pool that {@code origin} stands for; its set-up begins. */
  Connection open(Origin origin, PooledSource source) throws SQLException;

  /**
   * The pool goes on with the set-up of {@code connection}; false if it does not, because somebody
   * has the connection, or it is not a portable one.
   */
  boolean setUpResumed(Connection connection);

  /** The pool's set-up of {@code connection} is over. */
  void setUpEnded(Connection connection);

  /** A pool hands out {@code connection}; nothing if it is not a portable one. */
  void lent(Object connection);

  /** A pool is about to use {@code connection} on another thread; nothing if it is not portable. */
  void used(Object connection);

  /** What the application gets that unwraps {@code connection}; the same if it is not portable. */
  Object unwrapped(Object connection);

  /** A pool has {@code connection} back; nothing if it is not a portable one. */
  void returned(Object connection);

  /** The real ones. */
  static PortableConnections of(LogicalConnections connections) {
    return new PortableConnections() {
      @Override
      public Connection open(Origin origin, PooledSource source) throws SQLException {
        return connections.openPooled(origin, source);
      }

      @Override
      public boolean setUpResumed(Connection connection) {
        return PoolSide.of(connection).resumeSetUp();
      }

      @Override
      public void setUpEnded(Connection connection) {
        PoolSide.of(connection).setUpEnded();
      }

      @Override
      public void lent(Object connection) {
        PoolSide.of(connection).lent();
      }

      @Override
      public void used(Object connection) {
        PoolSide.of(connection).used();
      }

      @Override
      public Object unwrapped(Object connection) {
        return PoolSide.of(connection).unwrapped(connection);
      }

      @Override
      public void returned(Object connection) {
        PoolSide.of(connection).returned();
      }
    };
  }
}
