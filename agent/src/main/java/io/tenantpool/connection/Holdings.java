package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What a session of PostgreSQL outside a transaction has that others can see, or that must not pass
 * to anybody else: asked of the server in one round trip, and only about what its SQL {@linkplain
 * SpokenOf spoke} of.
 *
 * @param pin why the session has to stay with its connection; null when it has not
 * @param role the role that it has assumed; null when nobody asked
 * @param usualRole the role of a new session, where that was not known
 */
record Holdings(@Nullable Pin pin, @Nullable String role, @Nullable String usualRole) {

  /** What can be asked. */
  static final int ALL =
      SpokenOf.SESSION_LOCK | SpokenOf.LISTEN | SpokenOf.ROLE | SpokenOf.AUTHORIZATION;

  // Outside a transaction there are no other advisory locks than those of the session.
  private static final String LOCKS =
      "EXISTS (SELECT 1 FROM pg_catalog.pg_locks"
          + " WHERE locktype = 'advisory' AND pid = pg_catalog.pg_backend_pid())";

  private static final String CHANNELS =
      "EXISTS (SELECT 1 FROM pg_catalog.pg_listening_channels())";

  private static final String AUTHORIZATION =
      "session_user <> (SELECT usename FROM pg_catalog.pg_stat_activity"
          + " WHERE pid = pg_catalog.pg_backend_pid())";

  private static final String ROLE = "pg_catalog.current_setting('role')";

  private static final String USUAL_ROLE =
      "(SELECT reset_val FROM pg_catalog.pg_settings WHERE name = 'role')";

  /**
   * Asks the session.
   *
   * @param words what to ask about
   * @param isUsualRoleKnown whether the role of a new session need not be asked for
   */
  static Holdings of(Connection session, int words, boolean isUsualRoleKnown) throws SQLException {
    boolean ofRole = speaks(words, SpokenOf.ROLE);
    String question =
        "SELECT "
            + (speaks(words, SpokenOf.SESSION_LOCK) ? LOCKS : "false")
            + ", "
            + (speaks(words, SpokenOf.LISTEN) ? CHANNELS : "false")
            + ", "
            + (speaks(words, SpokenOf.AUTHORIZATION) ? AUTHORIZATION : "false")
            + ", "
            + (ofRole ? ROLE : "NULL")
            + ", "
            + (ofRole && !isUsualRoleKnown ? USUAL_ROLE : "NULL");
    boolean autoCommit = session.getAutoCommit();
    if (!autoCommit) {
      // The question is no transaction of the application's.
      session.setAutoCommit(true);
    }
    try (Statement statement = session.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      answer.next();
      return new Holdings(pin(answer), answer.getString(4), answer.getString(5));
    } finally {
      if (!autoCommit) {
        session.setAutoCommit(false);
      }
    }
  }

  private static boolean speaks(int words, int word) {
    return (words & word) != 0;
  }

  private static @Nullable Pin pin(ResultSet answer) throws SQLException {
    if (answer.getBoolean(1)) {
      return Pin.SESSION_LOCK;
    }
    if (answer.getBoolean(2)) {
      return Pin.LISTEN;
    }
    return answer.getBoolean(3) ? Pin.AUTHORIZATION : null;
  }
}
