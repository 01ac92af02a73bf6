package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Makes the session of one database product new again. An instance belongs to one connection and
 * knows what that was like when it was opened.
 */
interface SessionReset {

  /**
   * Puts the server's session and the driver's object back to what they were at the open.
   *
   * @throws SQLException when that failed; the connection is not usable any more
   */
  void reset(Connection connection, SessionState state) throws SQLException;

  /**
   * Whether a login would give what the session of {@code connection} is, now that it is clean: it
   * would not be refused, and its settings would be the same. One round trip, unless another
   * session of the account was told a moment ago.
   *
   * @throws SQLException when the session is lost
   */
  boolean wouldLoginGiveTheSame(Connection connection) throws SQLException;

  /** A while has passed: what was said before of what a login gives is too old. */
  default void lookAgain() {}

  /** SQL of this session has changed what logins give: nothing holds that was said before. */
  default void loginsChanged() {}

  /** Whether a transaction is open, be it a failed one. No round trip. */
  boolean isInTransaction(Connection connection) throws SQLException;

  /** Whether one is open that has failed, so that even its commit takes all back. No round trip. */
  boolean hasFailedTransaction(Connection connection) throws SQLException;

  /** See {@link PhysicalConnection#serverLimit()}. */
  OptionalInt serverLimit(Connection connection) throws SQLException;

  /**
   * The reset for the driver of {@code connection}, which has just been opened; null when none is
   * known. No round trip to the server, unless that has not said what the session is called, or it
   * is to have the {@code timeZone} instead of its own. {@code logins}: what other sessions of its
   * account know.
   */
  static @Nullable SessionReset of(
      Connection connection, @Nullable String timeZone, LoginAnswers.@Nullable OfAccount logins)
      throws SQLException {
    PostgresDriver postgres = PostgresDriver.of(connection.getClass());
    return postgres == null ? null : new PostgresReset(postgres, connection, timeZone, logins);
  }
}
