package io.tenantpool.interception;

import io.tenantpool.connection.LeaseSource;
import io.tenantpool.connection.LogicalConnections;
import io.tenantpool.connection.Origin;
import java.sql.Connection;
import java.sql.SQLException;

/** What the door needs of the connections that application pools open. */
interface PortableConnections {

  /** Asks for a physical connection on behalf of {@code origin}. */
  @FunctionalInterface
  interface Source {

    /** As {@link LeaseSource#acquire}. */
    io.tenantpool.connection.Lease acquire(Origin origin) throws SQLException;
  }

  /** Opens a connection of the pool that {@code origin} stands for; its set-up begins. */
  Connection open(Origin origin, Source source) throws SQLException;

  /** The pool's set-up of {@code connection} is over. */
  void setUpEnded(Connection connection);

  /** A pool hands out {@code connection}; nothing if it is not a portable one. */
  void lent(Object connection);

  /** A pool has {@code connection} back; nothing if it is not a portable one. */
  void returned(Object connection);

  /** Leases as long as the connections. */
  static PortableConnections direct(LogicalConnections logicalConnections) {
    return new PortableConnections() {
      @Override
      public Connection open(Origin origin, Source source) throws SQLException {
        return logicalConnections.open(() -> source.acquire(origin));
      }

      @Override
      public void setUpEnded(Connection connection) {}

      @Override
      public void lent(Object connection) {}

      @Override
      public void returned(Object connection) {}
    };
  }
}
