package io.tenantpool.connection;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an SQLState says about the connection it came from. The states are those of the SQL standard
 * (class 08), of <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">
 * PostgreSQL</a> and of Sybase.
 */
public final class SqlStates {

  /** What pgjdbc says, and any call on a closed connection must say: connection does not exist. */
  static final String CONNECTION_DOES_NOT_EXIST = "08003";

  /** What pgjdbc says of a call on a closed statement or result set. */
  static final String OBJECT_NOT_IN_STATE = "55000";

  /** A statement that is not one of SQL. */
  static final String SYNTAX_ERROR = "42601";

  /** What pgjdbc says of an argument that makes no sense. */
  static final String INVALID_PARAMETER_VALUE = "22023";

  private static final String CONNECTION_EXCEPTION_CLASS = "08";

  /**
   * Unlike HikariCP's list there is no 0A000: a feature that is not supported says nothing about
   * the session, and pgjdbc uses it for every JDBC method that it does not implement.
   */
  private static final Set<String> SESSION_LOST =
      Set.of(
          "57P01", // admin shutdown
          "57P02", // crash shutdown
          "57P03", // cannot connect now
          "57P04", // database dropped
          "57P05", // idle session timeout
          "25P03", // idle in transaction session timeout
          "25P04", // transaction timeout
          "01002", // disconnect error
          "JZ0C0", // connection already closed
          "JZ0C1"); // connection lost by an I/O error

  /** Of those, what a server says that is about to go, or not there yet. */
  private static final Set<String> SERVER_GOES = Set.of("57P01", "57P02", "57P03");

  /** What a session says that gave no sign of life. */
  static final String CONNECTION_FAILURE = "08006";

  private static final Set<String> ENTRY_DENIED =
      Set.of("28000", "42501", "3D000", OBJECT_NOT_IN_STATE);

  private static final String POSTGRES_TOO_MANY_CONNECTIONS = "53300";
  private static final String REJECTED = "08004";
  private static final String INVALID_AUTHORIZATION_CLASS = "28";
  private static final int MYSQL_TOO_MANY_CONNECTIONS = 1040;

  /** A chain of exceptions longer than this is a loop. */
  private static final int MAX_DEPTH = 32;

  private SqlStates() {}

  /** Whether the exception, or one that it carries along, says that its session is gone. */
  public static boolean isFatal(SQLException exception) {
    return anyOf(exception, SqlStates::saysLost, 0);
  }

  /**
   * Whether the exception says that there may be no server any more, for anybody: it could not be
   * reached, does not take connections, or has ended a session by its own will. Not that it has no
   * slot left.
   */
  public static boolean isUnreachable(SQLException exception) {
    return anyOf(exception, SqlStates::saysUnreachable, 0) && !isServerFull(exception);
  }

  /** Whether the server refused a connection because it has no slot left for it. */
  public static boolean isServerFull(SQLException exception) {
    return anyOf(exception, SqlStates::saysFull, 0);
  }

  /** Whether it says of a login that the server does not accept it. */
  public static boolean isLoginRefused(SQLException exception) {
    String state = exception.getSQLState();
    return state != null && state.startsWith(INVALID_AUTHORIZATION_CLASS);
  }

  /**
   * Whether the server did not let a user in whatever the credentials: the role or the host
   * (28000), the right to connect (42501), the database (3D000, or 55000 while it accepts no
   * connections).
   */
  public static boolean isEntryDenied(SQLException exception) {
    return ENTRY_DENIED.contains(String.valueOf(exception.getSQLState()));
  }

  private static boolean saysLost(SQLException exception) {
    String state = exception.getSQLState();
    return state != null
        && (state.startsWith(CONNECTION_EXCEPTION_CLASS) || SESSION_LOST.contains(state));
  }

  private static boolean saysUnreachable(SQLException exception) {
    String state = exception.getSQLState();
    return state != null
        && (state.startsWith(CONNECTION_EXCEPTION_CLASS) || SERVER_GOES.contains(state));
  }

  private static boolean saysFull(SQLException exception) {
    String state = exception.getSQLState();
    return POSTGRES_TOO_MANY_CONNECTIONS.equals(state)
        || (REJECTED.equals(state) && exception.getErrorCode() == MYSQL_TOO_MANY_CONNECTIONS);
  }

  private static boolean anyOf(
      @Nullable Throwable throwable, Predicate<SQLException> test, int depth) {
    if (throwable == null || depth > MAX_DEPTH) {
      return false;
    }
    if (throwable instanceof SQLException exception) {
      if (test.test(exception)) {
        return true;
      }
      SQLException next = exception.getNextException();
      // The driver's constructor may set the next exception as the cause too; walking both ways is
      // then bounded by the depth alone, so the same object is not visited twice in a row.
      if (next != null && next != exception.getCause() && anyOf(next, test, depth + 1)) {
        return true;
      }
    }
    return anyOf(throwable.getCause(), test, depth + 1);
  }
}
