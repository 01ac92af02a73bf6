package io.tenantpool.connection;

import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements and metadata of an application that live on one physical connection, so that they
 * can be asked whether they are at rest, and be taken off it. Held weakly: what an application
 * drops without closing it is the driver's to tidy up, as without the agent. Under the logical
 * connection's lock.
 */
final class OpenObjects {

  private static final int FIRST_LIMIT = 16;

  private final List<WeakReference<LogicalObject>> objects = new ArrayList<>(2);
  private int limit = FIRST_LIMIT;

  void add(LogicalObject object) {
    if (objects.size() >= limit) {
      objects.removeIf(OpenObjects::isGone);
      limit = Math.max(FIRST_LIMIT, 2 * objects.size());
    }
    objects.add(new WeakReference<>(object));
  }

  private static boolean isGone(WeakReference<LogicalObject> reference) {
    LogicalObject object = reference.get();
    return object == null || object.isClosed();
  }

  /** The application closed it. Usually the last one. */
  void remove(LogicalObject object) {
    for (int i = objects.size() - 1; i >= 0; i--) {
      if (objects.get(i).refersTo(object)) {
        objects.remove(i);
        return;
      }
    }
  }

  /**
   * Why one of them cannot be taken off its physical connection, in that rest; null when all can.
   */
  @Nullable Pin holdsBack(int rest) throws SQLException {
    for (WeakReference<LogicalObject> reference : objects) {
      LogicalObject object = reference.get();
      Pin pin = object == null ? null : object.holdsBack(rest);
      if (pin != null) {
        return pin;
      }
    }
    return null;
  }

  /** Takes all of them off: their driver's objects are closed, they themselves stay open. */
  void detach() {
    for (WeakReference<LogicalObject> reference : objects) {
      LogicalObject object = reference.get();
      if (object != null) {
        object.detach();
      }
    }
    objects.clear();
  }
}
