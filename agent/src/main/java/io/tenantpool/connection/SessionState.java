package io.tenantpool.connection;

import java.util.EnumSet;

/**
 * Which properties of a session a lease has touched, so that a reset restores these and no others.
 * Used by one thread at a time: the one that holds the lease's lock, then the one that resets.
 */
final class SessionState {

  private final EnumSet<SessionProperty> touched = EnumSet.noneOf(SessionProperty.class);

  void touch(SessionProperty property) {
    touched.add(property);
  }

  boolean isTouched(SessionProperty property) {
    return touched.contains(property);
  }

  void clear() {
    touched.clear();
  }
}
