package io.tenantpool.connection;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a logical connection of an application pool, and its statements, answer while they have no
 * physical connection, where that is honest: what nobody but the driver can know, such as the error
 * for a wrong argument, is asked of a physical one.
 */
final class AtRest {

  /** The answer is the driver's to give. */
  static final Object ASK = new Object();

  /** The answer is whether the server gives a sign of life. */
  static final Object PROVE = new Object();

  private static final Set<Integer> ISOLATION_LEVELS =
      Set.of(
          Connection.TRANSACTION_READ_UNCOMMITTED,
          Connection.TRANSACTION_READ_COMMITTED,
          Connection.TRANSACTION_REPEATABLE_READ,
          Connection.TRANSACTION_SERIALIZABLE);

  private static final Set<Integer> HOLDABILITIES =
      Set.of(ResultSet.HOLD_CURSORS_OVER_COMMIT, ResultSet.CLOSE_CURSORS_AT_COMMIT);

  private static final Set<String> NOTHING =
      Set.of("clearWarnings", "getWarnings", "beginRequest", "endRequest");

  private AtRest() {}

  /** Whether there is nothing to do or say: most pools ask so at each return. */
  static boolean isNothing(ObjectKind kind, Method method) {
    return kind == ObjectKind.CONNECTION
        && method.getParameterCount() == 0
        && NOTHING.contains(method.getName());
  }

  /** Of the connection; changes what it is to be like where a setter is called. */
  static @Nullable Object ofConnection(
      LogicalObject target, Portability portability, Call call, @Nullable Object @Nullable [] args)
      throws SQLException {
    if (call.isNothingAtRest()) {
      return null;
    }
    if (call.mayReturnObject()) {
      // Such as a statement: only the driver has one.
      return ASK;
    }
    Method method = call.method();
    return switch (method.getName()) {
      case "isValid" -> isValid(portability, args);
      case "getAutoCommit" -> known(portability, SessionProperty.AUTO_COMMIT);
      case "isReadOnly" -> known(portability, SessionProperty.READ_ONLY);
      case "getTransactionIsolation" ->
          portability.origin().hasSpokenOf(SpokenOf.ISOLATION)
              ? ASK
              : known(portability, SessionProperty.ISOLATION);
      case "getHoldability" -> known(portability, SessionProperty.HOLDABILITY);
      // The first schema of the search path that exists: SQL of anybody may have changed it.
      case "getSchema" -> ASK;
      case "getCatalog" -> known(portability, SessionProperty.CATALOG);
      case "getNetworkTimeout" -> known(portability, SessionProperty.NETWORK_TIMEOUT);
      case "getTypeMap" -> typeMap(portability);
      case "getClientInfo" -> clientInfo(portability, args);
      case "isWrapperFor" -> isWrapperFor(target, portability, args);
      case "commit", "rollback" -> endTransaction(portability, args);
      default -> set(portability, method, args);
    };
  }

  /**
   * An application pool that keeps the connection is told yes from memory, unless it is in doubt
   * whether the server is there; the application is not.
   */
  private static Object isValid(Portability portability, @Nullable Object @Nullable [] args) {
    if (args == null || !(args[0] instanceof Integer seconds) || seconds < 0) {
      return ASK;
    }
    if (portability.isCheckedOut() || portability.reachability().isInDoubt()) {
      return PROVE;
    }
    portability.promise(seconds);
    return true;
  }

  private static Object known(Portability portability, SessionProperty property) {
    Object value = portability.known(property);
    return value == null ? ASK : value;
  }

  private static Object typeMap(Portability portability) {
    return portability.known(SessionProperty.TYPE_MAP) instanceof Map<?, ?> map
        ? JdbcState.asTypeMap(map)
        : ASK;
  }

  private static @Nullable Object clientInfo(
      Portability portability, @Nullable Object @Nullable [] args) {
    if (portability.origin().hasSpokenOf(SpokenOf.APPLICATION_NAME)
        || !(portability.known(SessionProperty.CLIENT_INFO) instanceof Map<?, ?> map)) {
      return ASK;
    }
    Properties properties = JdbcState.asProperties(map);
    return args == null || args[0] == null ? properties : properties.getProperty((String) args[0]);
  }

  private static Object isWrapperFor(
      LogicalObject target, Portability portability, @Nullable Object @Nullable [] args) {
    if (args == null || !(args[0] instanceof Class<?> wanted)) {
      return ASK;
    }
    return wanted.isInstance(target.proxy())
        || wanted.isAssignableFrom(portability.profile().connectionClass());
  }

  /** Outside a transaction there is nothing to end; with autocommit on, the driver complains. */
  private static @Nullable Object endTransaction(
      Portability portability, @Nullable Object @Nullable [] args) {
    return isAutoCommit(portability) || (args != null && args.length > 0) ? ASK : null;
  }

  private static boolean isAutoCommit(Portability portability) {
    return !Boolean.FALSE.equals(portability.known(SessionProperty.AUTO_COMMIT));
  }

  private static @Nullable Object set(
      Portability portability, Method method, @Nullable Object @Nullable [] args)
      throws SQLException {
    if (args == null || !isValid(portability, method.getName(), args)) {
      return ASK;
    }
    SessionProperty property = Call.touchedBy(method.getName());
    if (property == null) {
      return ASK;
    }
    portability.noteSetterAtRest(property, args);
    return null;
  }

  /** Whether the driver would take these arguments without asking its server. */
  private static boolean isValid(Portability portability, String setter, @Nullable Object[] args) {
    Object last = args[args.length - 1];
    return switch (setter) {
      case "setAutoCommit", "setReadOnly" -> true;
      case "setTransactionIsolation" -> last instanceof Integer level && isLevel(level);
      case "setHoldability" -> last instanceof Integer value && HOLDABILITIES.contains(value);
      // With autocommit off it begins a transaction, whose end decides.
      case "setSchema" -> last != null && isAutoCommit(portability);
      case "setNetworkTimeout" -> args[0] != null && last instanceof Integer millis && millis >= 0;
      default -> false;
    };
  }

  private static boolean isLevel(int level) {
    return ISOLATION_LEVELS.contains(level);
  }

  /**
   * Of a statement that is not closed.
   *
   * @throws SQLException when the answer is gone with the session
   */
  static @Nullable Object ofStatement(
      LogicalObject target, Recipe recipe, Method method, @Nullable Object @Nullable [] args)
      throws SQLException {
    Remainder remainder = recipe.remainder();
    Object left = remainder == null ? ASK : remainder.answer(method, args);
    if (left != ASK) {
      return left;
    }
    if (args != null && args.length > 0) {
      return ASK;
    }
    switch (method.getName()) {
      case "clearParameters":
        recipe.clearParameters();
        return null;
      case "clearBatch":
        recipe.endBatch();
        return null;
      case "clearWarnings", "getWarnings", "getResultSet":
        return null;
      case "getConnection":
        return target.session().connection();
      case "getMoreResults":
        return false;
      case "getUpdateCount":
        return -1;
      case "getLargeUpdateCount":
        return -1L;
      default:
        return ASK;
    }
  }
}
