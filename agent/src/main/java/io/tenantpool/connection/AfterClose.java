package io.tenantpool.connection;

import java.lang.reflect.Method;
import java.sql.ClientInfoStatus;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What calls answer after the logical connection was closed. There is nobody to ask any more, so
 * this says what pgjdbc 42.7 says; {@code docs/session-state.md} lists where it differs.
 */
final class AfterClose {

  static final String CONNECTION_CLOSED = "This connection has been closed.";
  private static final String STATEMENT_CLOSED = "This statement has been closed.";
  private static final String RESULT_SET_CLOSED = "This ResultSet is closed.";

  private AfterClose() {}

  static @Nullable Object answer(
      LogicalObject target, Call call, @Nullable Object @Nullable [] args) throws Throwable {
    Method method = call.method();
    return switch (target.kind()) {
      case CONNECTION -> ofConnection(method, args);
      case STATEMENT -> ofStatement(target, method, args);
      case RESULT_SET -> ofResultSet(target, method, args);
      default -> ofOther(target, method, args);
    };
  }

  private static @Nullable Object ofConnection(Method method, @Nullable Object @Nullable [] args)
      throws SQLException {
    switch (method.getName()) {
      case "beginRequest", "endRequest", "setTypeMap":
        return null;
      case "isClosed":
        return true;
      case "isValid":
        return invalid(args);
      case "setClientInfo":
        throw clientInfoException(args == null ? null : args[0]);
      default:
        return isSilentSetter(method) ? null : fail(method, connectionClosed());
    }
  }

  private static Object invalid(@Nullable Object @Nullable [] args) throws SQLException {
    if (args != null && args[0] instanceof Integer seconds && seconds < 0) {
      throw new SQLException(
          "Invalid timeout (" + seconds + "<0).", SqlStates.INVALID_PARAMETER_VALUE);
    }
    return false;
  }

  /** A setter of the driver's that never fails, because it only sets a field. */
  private static boolean isSilentSetter(Method method) {
    return method.getReturnType() == void.class && !throwsSqlException(method);
  }

  private static SQLClientInfoException clientInfoException(@Nullable Object names) {
    Map<String, ClientInfoStatus> failures = new HashMap<>();
    if (names instanceof Properties properties) {
      properties
          .keySet()
          .forEach(name -> failures.put((String) name, ClientInfoStatus.REASON_UNKNOWN));
    } else if (names instanceof String name) {
      failures.put(name, ClientInfoStatus.REASON_UNKNOWN);
    }
    return new SQLClientInfoException(CONNECTION_CLOSED, failures, connectionClosed());
  }

  private static @Nullable Object ofStatement(
      LogicalObject target, Method method, @Nullable Object @Nullable [] args) throws Throwable {
    switch (method.getName()) {
      case "close", "cancel", "clearBatch", "clearWarnings", "closeOnCompletion":
        return null;
      case "isClosed":
        return target.isClosed();
      case "getConnection":
        return target.session().connection();
      case "isWrapperFor", "unwrap":
        return wrapping(target, method, args);
      default:
        break;
    }
    if (target.isClosed()) {
      return fail(method, new SQLException(STATEMENT_CLOSED, SqlStates.OBJECT_NOT_IN_STATE));
    }
    Recipe recipe = target.recipe();
    Remainder remainder = recipe == null ? null : recipe.remainder();
    Object left = remainder == null ? AtRest.ASK : remainder.answer(method, args);
    if (left != AtRest.ASK) {
      return left;
    }
    return switch (method.getName()) {
      case "getResultSet",
          "getWarnings",
          "getMoreResults",
          "getUpdateCount",
          "getLargeUpdateCount" ->
          ofExecution(target, method, args);
      // pgjdbc's setters only set fields, and nobody will ever read them.
      default -> method.getReturnType() == void.class ? null : fail(method, connectionClosed());
    };
  }

  /** What its own statement still knows, which nobody else has; but its rows are gone. */
  private static @Nullable Object ofExecution(
      LogicalObject target, Method method, @Nullable Object @Nullable [] args) throws Throwable {
    if (OwnData.hasOwn(target)) {
      Object answer = OwnData.of(target, method, args);
      return answer instanceof ResultSet result && !result.isClosed()
          ? fail(method, new SQLException(RESULT_SET_CLOSED, SqlStates.OBJECT_NOT_IN_STATE))
          : method.getReturnType() == ResultSet.class ? null : answer;
    }
    return switch (method.getName()) {
      case "getMoreResults" -> false;
      case "getUpdateCount" -> -1;
      case "getLargeUpdateCount" -> -1L;
      default -> null;
    };
  }

  private static @Nullable Object ofResultSet(
      LogicalObject target, Method method, @Nullable Object @Nullable [] args) throws SQLException {
    return switch (method.getName()) {
      case "close" -> null;
      case "isClosed" -> true;
      case "isWrapperFor", "unwrap" -> wrapping(target, method, args);
      default -> fail(method, new SQLException(RESULT_SET_CLOSED, SqlStates.OBJECT_NOT_IN_STATE));
    };
  }

  private static @Nullable Object ofOther(
      LogicalObject target, Method method, @Nullable Object @Nullable [] args) throws Throwable {
    if (OwnData.answers(target, method)) {
      return OwnData.of(target, method, args);
    }
    return switch (method.getName()) {
      case "free" -> null;
      case "getConnection" -> target.session().connection();
      case "isWrapperFor", "unwrap" -> wrapping(target, method, args);
      default -> fail(method, connectionClosed());
    };
  }

  private static Object wrapping(
      LogicalObject target, Method method, @Nullable Object @Nullable [] args) throws SQLException {
    if (args == null || !(args[0] instanceof Class<?> wanted)) {
      throw connectionClosed();
    }
    if (method.getName().equals("isWrapperFor")) {
      return wanted.isAssignableFrom(target.driverClass());
    }
    if (wanted.isInstance(target.proxy())) {
      return target.proxy();
    }
    throw new SQLException("Cannot unwrap to " + wanted.getName());
  }

  private static SQLException connectionClosed() {
    return new SQLException(CONNECTION_CLOSED, SqlStates.CONNECTION_DOES_NOT_EXIST);
  }

  private static Object fail(Method method, SQLException exception) throws SQLException {
    if (throwsSqlException(method)) {
      throw exception;
    }
    throw new IllegalStateException(exception.getMessage(), exception);
  }

  private static boolean throwsSqlException(Method method) {
    for (Class<?> type : method.getExceptionTypes()) {
      if (type.isAssignableFrom(SQLException.class)) {
        return true;
      }
    }
    return false;
  }
}
