package io.tenantpool.pool;

import io.tenantpool.connection.PhysicalConnection;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many connections the server really allows: the first connection is asked; should it fail to
 * say, the next one is. Thread-safe.
 */
final class LimitQuestion {

  private final AtomicBoolean asked = new AtomicBoolean();

  /** The answer, once; empty when it is known already or the server does not say. */
  OptionalInt ask(PhysicalConnection physical) {
    if (asked.get() || !asked.compareAndSet(false, true)) {
      return OptionalInt.empty();
    }
    try {
      return physical.serverLimit();
    } catch (SQLException | RuntimeException | Error e) {
      asked.set(false);
      return OptionalInt.empty();
    }
  }
}
