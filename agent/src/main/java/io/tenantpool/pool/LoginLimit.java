package io.tenantpool.pool;

import io.tenantpool.connection.ServerMessages;
import io.tenantpool.routing.PoolKey;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A limit that PostgreSQL puts on the sessions of one role or of one database. A refusal because of
 * it has the SQLState of a full server, and says nothing about the server's room.
 *
 * <p>Source: {@code InitializeSessionUserId} in {@code miscinit.c} and {@code CheckMyDatabase} in
 * {@code postinit.c} raise it; <a
 * href="https://www.postgresql.org/docs/current/sql-alterrole.html">CONNECTION LIMIT</a>.
 */
enum LoginLimit {
  ROLE("InitializeSessionUserId", "too many connections for role "),
  DATABASE("CheckMyDatabase", "too many connections for database ");

  private static final String TOO_MANY_CONNECTIONS = "53300";

  private final String routine;
  private final String text;

  LoginLimit(String routine, String text) {
    this.routine = routine;
    this.text = text;
  }

  /** The limit for whose sake a connect was refused; null when it was for something else. */
  static @Nullable LoginLimit of(SQLException refusal) {
    if (!TOO_MANY_CONNECTIONS.equals(refusal.getSQLState())) {
      return null;
    }
    String raisedBy = ServerMessages.routine(refusal);
    String message = String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT);
    for (LoginLimit limit : values()) {
      if (limit.routine.equals(raisedBy) || message.contains(limit.text)) {
        return limit;
      }
    }
    return null;
  }

  /** Whether sessions of both keys count towards the same limit. */
  boolean isShared(PoolKey one, PoolKey other) {
    return this == ROLE ? one.user().equals(other.user()) : one.database().equals(other.database());
  }
}
