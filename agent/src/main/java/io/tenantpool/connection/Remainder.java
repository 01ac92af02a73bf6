package io.tenantpool.connection;

import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last execution of a statement has left to be asked for, when the statement lost its
 * physical connection: update counts and warnings are answered as the driver would have; rows,
 * generated keys and OUT parameters are gone with the session, and asking for them is refused.
 * Until the statement is executed again. Under the logical connection's lock.
 */
final class Remainder {

  /** Among update counts: a result set that was read. */
  private static final long READ = -1;

  /** Among update counts: a result set that was not read. */
  private static final long UNREAD = -2;

  /** In place of an update count there is: no result is left. */
  private static final long NONE = -1;

  private final List<Long> results;
  private final boolean hasKeys;
  private final boolean hasOuts;
  private @Nullable SQLWarning warnings;
  private int at;

  private Remainder(
      List<Long> results, boolean hasKeys, boolean hasOuts, @Nullable SQLWarning warnings) {
    this.results = results;
    this.hasKeys = hasKeys;
    this.hasOuts = hasOuts;
    this.warnings = warnings;
  }

  /**
   * Takes over what {@code statement}, about to be closed, has left; null when that is nothing. The
   * driver answers from memory.
   *
   * @param hasKeys whether it was told to return generated keys
   * @param hasOuts whether it has OUT parameters
   */
  static @Nullable Remainder of(Statement statement, boolean hasKeys, boolean hasOuts)
      throws SQLException {
    SQLWarning warnings = statement.getWarnings();
    List<Long> results = results(statement);
    boolean isRead = results.isEmpty() || (results.size() == 1 && results.get(0) == READ);
    return isRead && warnings == null && !hasKeys && !hasOuts
        ? null
        : new Remainder(results, hasKeys, hasOuts, warnings);
  }

  private static List<Long> results(Statement statement) throws SQLException {
    long first = current(statement);
    if (first == NONE && statement.getResultSet() == null) {
      return List.of();
    }
    List<Long> results = new ArrayList<>(1);
    results.add(first);
    // A statement that closes on completion may do so on the way.
    while (statement.getMoreResults() || (!statement.isClosed() && current(statement) != NONE)) {
      results.add(current(statement));
    }
    return results;
  }

  private static long current(Statement statement) throws SQLException {
    if (isUnread(statement)) {
      return UNREAD;
    }
    return statement.getResultSet() == null ? statement.getLargeUpdateCount() : READ;
  }

  /** Whether {@code statement} has rows that may still be asked for. No round trip. */
  static boolean isUnread(Statement statement) throws SQLException {
    ResultSet rows = statement.getResultSet();
    return rows != null && !rows.isClosed();
  }

  /**
   * The answer to a method of the statement; {@link AtRest#ASK} when it has nothing to do with the
   * last execution.
   *
   * @throws SQLException when the answer is gone
   */
  @Nullable Object answer(Method method, @Nullable Object @Nullable [] args) throws SQLException {
    switch (method.getName()) {
      case "getResultSet":
        return rows();
      case "getUpdateCount":
        return count() > Integer.MAX_VALUE ? Statement.SUCCESS_NO_INFO : (int) count();
      case "getLargeUpdateCount":
        return count();
      case "getMoreResults":
        at = Math.min(at + 1, results.size());
        return current() == UNREAD;
      case "getWarnings":
        return warnings;
      case "clearWarnings":
        warnings = null;
        return null;
      case "getGeneratedKeys":
        return hasKeys ? refuse("The generated keys") : AtRest.ASK;
      default:
        return hasOuts && isOut(method, args) ? refuse("The OUT parameters") : AtRest.ASK;
    }
  }

  private long current() {
    return at < results.size() ? results.get(at) : NONE;
  }

  private long count() {
    return Math.max(NONE, current());
  }

  private @Nullable Object rows() throws SQLException {
    return current() == UNREAD ? refuse("The rows") : null;
  }

  private static boolean isOut(Method method, @Nullable Object @Nullable [] args) {
    return CallableStatement.class.isAssignableFrom(method.getDeclaringClass())
        && (method.getName().equals("wasNull") || method.getName().startsWith("get"))
        && (args == null ? method.getName().equals("wasNull") : args.length > 0);
  }

  private static Object refuse(String what) throws SQLException {
    throw new SQLException(
        what
            + " of the last execution are gone: it was in an earlier checkout of the connection, and"
            + " the session went back when the application pool took the connection back. Read them"
            + " before the connection is returned, or execute the statement again.",
        SqlStates.OBJECT_NOT_IN_STATE);
  }
}
