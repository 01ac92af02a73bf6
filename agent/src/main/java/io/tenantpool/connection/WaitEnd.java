package io.tenantpool.connection;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * What ends a wait for a physical connection that has found none, and with which SQLState: for a
 * limit of the caller's own the one with which pgjdbc says that it has passed.
 */
public enum WaitEnd {
  /** The agent's own limit. */
  ACQUIRE_TIMEOUT("53300", null),
  /** {@code loginTimeout}, of the URL, the properties or {@link java.sql.DriverManager}. */
  LOGIN_TIMEOUT("08001", "loginTimeout"),
  /**
   * The same, of a connection that an application pool has had for some time: it lacks a session
   * for this call, and is not to be thrown away for that.
   */
  LOGIN_TIMEOUT_OF_POOLED("53300", "loginTimeout, HikariCP's connectionTimeout"),
  /** {@code socketTimeout}, while a connection is being opened. */
  SOCKET_TIMEOUT("08001", "socketTimeout"),
  /** {@link java.sql.Statement#setQueryTimeout}, or the default that the connection has for it. */
  QUERY_TIMEOUT("57014", "query timeout"),
  /** {@link java.sql.Connection#setNetworkTimeout}; the connection counts as closed then. */
  NETWORK_TIMEOUT("08006", "network timeout"),
  /** The argument of {@link java.sql.Connection#isValid}, which answers false then. */
  VALIDATION_TIMEOUT("53300", "timeout of isValid"),
  /** {@link java.sql.Statement#cancel}, or the close of the statement. */
  CANCELLED("57014", null),
  /** The connection was closed or aborted. */
  CLOSED(SqlStates.CONNECTION_DOES_NOT_EXIST, null),
  /** {@link Thread#interrupt}: a state of the agent's own, in a class that no standard uses. */
  INTERRUPTED("TP001", null);

  private static final String NO_ROOM = "53300";
  private static final String UNABLE_TO_CONNECT = "08001";

  private final String sqlState;
  private final @Nullable String limit;

  WaitEnd(String sqlState, @Nullable String limit) {
    this.sqlState = sqlState;
    this.limit = limit;
  }

  /** What the caller calls its limit; null when this is none of the caller's. */
  public @Nullable String limit() {
    return limit;
  }

  /** Whether the time was up, for whatever limit. */
  public boolean isTimeout() {
    return limit != null || this == ACQUIRE_TIMEOUT;
  }

  /**
   * What the caller is told when the server was to blame, which did not answer a connect: not that
   * there was no room, but what a driver says that could not connect.
   */
  public SQLException unanswered(String message, @Nullable Throwable cause) {
    return sqlState.equals(NO_ROOM)
        ? new SQLTransientConnectionException(message, UNABLE_TO_CONNECT, cause)
        : exception(message, cause);
  }

  /**
   * Whether it is the end of the time that opening a connection may take, so that what stood in the
   * way of that is what the caller is to be told; not that of a statement or of a connection.
   */
  public boolean isOfConnecting() {
    return isTimeout() && this != QUERY_TIMEOUT && this != NETWORK_TIMEOUT;
  }

  /**
   * What the caller is told. Not an {@link java.sql.SQLTimeoutException} for a query's timeout:
   * pgjdbc throws none, and HikariCP throws a connection away for it.
   */
  public SQLException exception(String message, @Nullable Throwable cause) {
    return switch (this) {
      case QUERY_TIMEOUT, CANCELLED, CLOSED -> new SQLException(message, sqlState, cause);
      default -> new SQLTransientConnectionException(message, sqlState, cause);
    };
  }
}
