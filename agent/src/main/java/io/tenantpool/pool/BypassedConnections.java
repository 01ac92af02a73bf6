package io.tenantpool.pool;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;

/**
 * Connections of one server that the agent does not pool. It can only watch them: one counts until
 * the driver calls it closed or the application has dropped it. Thread-safe.
 */
final class BypassedConnections {

  private final List<WeakReference<Connection>> open = new LinkedList<>();
  private static final int FIRST_LOOK = 256;

  private long opens;
  private int nextLook = FIRST_LOOK;

  synchronized void add(Connection connection) {
    opens++;
    if (open.size() >= nextLook) {
      // Nobody may ever ask for the figure; what is closed must not pile up all the same.
      nextLook = Math.max(FIRST_LOOK, 2 * open());
    }
    open.add(new WeakReference<>(connection));
  }

  synchronized long opens() {
    return opens;
  }

  /** How many it looks after, those included that it has not seen closed yet. */
  synchronized int watched() {
    return open.size();
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
    } catch (Throwable e) {
      // Whatever a driver throws that is asked that: it is no connection that anybody could use.
      return true;
    }
  }
}
