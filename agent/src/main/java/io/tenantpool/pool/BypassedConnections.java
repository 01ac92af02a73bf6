package io.tenantpool.pool;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;

/**
 * Connections of one server that the agent does not pool. It can only watch them: one counts until
 * the driver calls it closed or the application has dropped it. Thread-safe.
 */
final class BypassedConnections {

  private final List<WeakReference<Connection>> open = new LinkedList<>();
  private long opens;

  synchronized void add(Connection connection) {
    opens++;
    open.add(new WeakReference<>(connection));
  }

  synchronized long opens() {
    return opens;
  }

  /** How many are open, as far as one can tell. */
  synchronized int open() {
    for (Iterator<WeakReference<Connection>> each = open.iterator(); each.hasNext(); ) {
      Connection connection = each.next().get();
      if (connection == null || isClosed(connection)) {
        each.remove();
      }
    }
    return open.size();
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }
}
