package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.SQLException;

/** What {@link Connection#isValid} asks of a session that a logical connection has just got. */
final class SignOfLife {

  private SignOfLife() {}

  /**
   * Whether the session answers within so many seconds; 0 for as long as its network timeout
   * allows. One that does not is not reusable.
   */
  static boolean of(DriverConnection physical, int seconds) {
    boolean valid = false;
    try {
      Connection raw = physical.driverConnection();
      // Or pgjdbc would begin a transaction for the question, which nobody would end.
      boolean switched = !raw.getAutoCommit() && !physical.isInTransaction();
      if (switched) {
        raw.setAutoCommit(true);
      }
      boolean answered = raw.isValid(seconds);
      if (switched) {
        raw.setAutoCommit(false);
      }
      valid = answered;
    } catch (SQLException e) {
      return false;
    } finally {
      if (!valid) {
        physical.markBroken();
      }
    }
    return valid;
  }
}
