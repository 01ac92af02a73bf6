package io.tenantpool.interception;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a pool's method that creates connections. Belongs to its thread. */
final class Creation {

  private final @Nullable Object pool;
  private final @Nullable String library;
  private final @Nullable Creation outer;
  private final @Nullable CredentialProbe probe;
  private final List<Connection> opened = new ArrayList<>(1);

  Creation(@Nullable Object pool, @Nullable String library, @Nullable Creation outer) {
    this(pool, library, outer, outer == null ? null : outer.probe);
  }

  private Creation(
      @Nullable Object pool,
      @Nullable String library,
      @Nullable Creation outer,
      @Nullable CredentialProbe probe) {
    this.pool = pool;
    this.library = library;
    this.outer = outer;
    this.probe = probe;
  }

  /** A run that answers a question, and all within it: nothing is opened. */
  static Creation asking(CredentialProbe probe, @Nullable Creation outer) {
    return new Creation(null, "question", outer, probe);
  }

  /** The question that the pool is asked just now; null for a real creation. */
  @Nullable CredentialProbe probe() {
    return probe;
  }

  /** The pool; null when it could not be found. */
  @Nullable Object pool() {
    return pool;
  }

  String library() {
    if (library == null) {
      throw new IllegalStateException("nothing is pooled here");
    }
    return library;
  }

  /** Whether what is opened in it stays the driver's own. */
  boolean isBypass() {
    return library == null;
  }

  /** The one that this thread is in as well, and will be in again after this one. */
  @Nullable Creation outer() {
    return outer;
  }

  /** The connections that were opened in it. */
  List<Connection> opened() {
    return opened;
  }

  void add(Connection connection) {
    opened.add(connection);
  }

  /** Whether this one or one that it is nested in opened {@code connection}. */
  boolean isSettingUp(Object connection) {
    for (Connection each : opened) {
      if (each == connection) {
        return true;
      }
    }
    return outer != null && outer.isSettingUp(connection);
  }

  /** The set-up of what {@code inner} opened goes on in this one. */
  void takeOver(Creation inner) {
    opened.addAll(inner.opened);
  }
}
