package io.tenantpool.interception;

import io.tenantpool.connection.LogicalConnections;
import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PooledSource;
import io.tenantpool.connection.WatchedConnections;
import java.sql.Connection;
import java.sql.SQLException;

/** What the door needs of the connections that application pools open, watched ones included. */
interface PortableConnections {

  /** Opens a connection of the pool that {@code origin} stands for; its set-up begins. */
  Connection open(Origin origin, PooledSource source) throws SQLException;

  /** The pool's set-up of {@code connection} is over. */
  void setUpEnded(Connection connection);

  /** A pool hands out {@code connection}; nothing if it is not a portable one. */
  void lent(Object connection);

  /** A pool is about to use {@code connection} on another thread; nothing if it is not portable. */
  void used(Object connection);

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
      public void setUpEnded(Connection connection) {
        connections.setUpEnded(connection);
        WatchedConnections.setUpEnded(connection);
      }

      @Override
      public void lent(Object connection) {
        connections.lent(connection);
        WatchedConnections.lent(connection);
      }

      @Override
      public void used(Object connection) {
        connections.used(connection);
      }

      @Override
      public void returned(Object connection) {
        connections.returned(connection);
        WatchedConnections.returned(connection);
      }
    };
  }
}
