package io.tenantpool.connection;

import java.sql.Connection;
import java.util.OptionalInt;

/** Leaves the reset out, so that a measurement can tell what it costs. */
public final class WithoutReset {

  private WithoutReset() {}

  public static PhysicalConnection of(Connection raw) {
    return new DriverConnection(
        raw,
        new SessionReset() {
          @Override
          public boolean wouldLoginGiveTheSame(Connection connection) {
            return true;
          }

          @Override
          public void reset(Connection connection, SessionState state) {}

          @Override
          public boolean isInTransaction(Connection connection) {
            return false;
          }

          @Override
          public boolean hasFailedTransaction(Connection connection) {
            return false;
          }

          @Override
          public OptionalInt serverLimit(Connection connection) {
            return OptionalInt.empty();
          }
        });
  }
}
