package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a login would give one PostgreSQL session that exists already: whether it would be allowed,
 * with the same settings, and whether a trigger would do something that no reset repeats. One round
 * trip, asked in the session itself.
 *
 * <p>Sources: <a href="https://www.postgresql.org/docs/current/sql-alterrole.html">ALTER ROLE</a>,
 * <a href="https://www.postgresql.org/docs/current/catalog-pg-database.html">pg_database</a>, <a
 * href="https://www.postgresql.org/docs/current/event-trigger-definition.html">event triggers</a>.
 */
final class PostgresLogin {

  /** From this version on, a database can have a trigger for logins. */
  private static final int HAS_LOGIN_TRIGGERS = 17;

  private static final String TRIGGER =
      " OR EXISTS (SELECT 1 FROM pg_catalog.pg_event_trigger"
          + " WHERE evtevent = 'login' AND evtenabled <> 'D')";

  /**
   * Null when a new login would be refused, or gets what a reset does not give; else something that
   * changes with the names of role and database and with the settings that a login gives. The
   * values of these may be secrets, and are not asked.
   */
  private static final String QUESTION =
      "SELECT CASE WHEN NOT d.datallowconn OR NOT r.rolcanlogin"
          + " OR NOT pg_catalog.has_database_privilege(r.oid, d.oid, 'CONNECT')"
          + " OR (NOT r.rolsuper AND 0 IN (r.rolconnlimit, d.datconnlimit))%s"
          + " THEN NULL ELSE r.rolname || ' ' || d.datname || ' '"
          + " || coalesce((SELECT pg_catalog.string_agg(s.xmin::text, ' '"
          + " ORDER BY s.setdatabase, s.setrole) FROM pg_catalog.pg_db_role_setting s"
          + " WHERE s.setdatabase IN (0, d.oid) AND s.setrole IN (0, r.oid)), '') END"
          + " FROM pg_catalog.pg_database d, pg_catalog.pg_roles r"
          + " WHERE d.datname = pg_catalog.current_database() AND r.rolname = session_user";

  private final String question;

  /** Whether this server understands the question. */
  private boolean answers = true;

  /** The first answer; null before that. */
  private @Nullable String first;

  private final LoginAnswers.@Nullable OfAccount others;

  /** An answer to another session holds for this one if that was asked then or later. */
  private volatile long since;

  /** {@code others}: what other sessions of its account were told; null when they are not known. */
  PostgresLogin(int version, LoginAnswers.@Nullable OfAccount others) {
    this.others = others;
    since = others == null ? 0 : others.now() - LoginAnswers.RECENT_NANOS;
    question = String.format(Locale.ROOT, QUESTION, version < HAS_LOGIN_TRIGGERS ? "" : TRIGGER);
  }

  /** From now on an answer that was given before is too old. */
  void lookAgain() {
    if (others != null) {
      since = others.now();
    }
  }

  /** What logins give was changed by this JVM. */
  void changed() {
    if (others != null) {
      others.forgetAll();
    }
  }

  /**
   * Whether a login would still give the session that this one is after a reset. True as well for a
   * server that only looks like PostgreSQL and cannot be asked.
   *
   * @throws SQLException when the session is lost
   */
  boolean wouldGiveTheSame(Connection connection) throws SQLException {
    if (!answers) {
      return true;
    }
    try {
      String now = others == null ? ask(connection) : answer(connection, others);
      if (first == null) {
        first = now;
      }
      return now != null && now.equals(first);
    } catch (SQLException e) {
      if (LostIdentity.says(e)) {
        return false;
      }
      if (SqlStates.isFatal(e)) {
        throw e;
      }
      answers = false;
      return true;
    }
  }

  private @Nullable String answer(Connection connection, LoginAnswers.OfAccount others)
      throws SQLException {
    String known = others.saidSince(since);
    if (known != null) {
      return known;
    }
    long askedAt = others.now();
    String now = ask(connection);
    if (now == null) {
      others.forget();
    } else {
      others.said(now, askedAt);
    }
    return now;
  }

  private @Nullable String ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = PostgresDriver.queryOnce(statement, question)) {
      return answer.next() ? answer.getString(1) : null;
    }
  }
}
