package io.tenantpool.connection;

import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Statements of a connection that has no session: made without one, as the driver makes them
 * without asking its server. So what bounds a statement's first execution, its query timeout or a
 * cancel, bounds the wait for the session as well. Whatever the driver might refuse is asked of the
 * driver.
 */
final class StatementAtRest {

  private static final Set<Integer> RESULT_SET_CONSTANTS =
      Set.of(
          ResultSet.TYPE_FORWARD_ONLY,
          ResultSet.TYPE_SCROLL_INSENSITIVE,
          ResultSet.CONCUR_READ_ONLY,
          ResultSet.HOLD_CURSORS_OVER_COMMIT,
          ResultSet.CLOSE_CURSORS_AT_COMMIT);

  private static final Set<String> MAKING = Set.of("createStatement", "prepareStatement");

  private static final Set<String> OF_STATEMENTS =
      Set.of(
          "setQueryTimeout",
          "setFetchSize",
          "setMaxRows",
          "getQueryTimeout",
          "getFetchSize",
          "getMaxRows");

  private StatementAtRest() {}

  /** Whether there may be an answer to that method of an object of that kind. */
  static boolean knows(ObjectKind kind, Method method) {
    return switch (kind) {
      case CONNECTION -> MAKING.contains(method.getName());
      case STATEMENT -> OF_STATEMENTS.contains(method.getName());
      default -> false;
    };
  }

  /** A statement that {@code call} makes; {@link AtRest#ASK} when only the driver can make it. */
  static Object make(LogicalObject connection, Call call, @Nullable Object @Nullable [] args) {
    WrapperType type =
        switch (call.method().getName()) {
          case "createStatement" -> connection.session().types().statements();
          case "prepareStatement" -> connection.session().types().preparedStatements();
          default -> null;
        };
    return type == null || !isPlain(args)
        ? AtRest.ASK
        : connection.withoutSession(type, call, args).proxy();
  }

  /** Whether the driver would take these arguments, whatever they are for. */
  private static boolean isPlain(@Nullable Object @Nullable [] args) {
    if (args == null) {
      return true;
    }
    for (int i = 0; i < args.length; i++) {
      // With a brace in it, SQL may have escapes, which the driver reads at once.
      boolean plain =
          i == 0 && args[i] instanceof String sql
              ? sql.indexOf('{') < 0
              : args[i] instanceof Integer number && RESULT_SET_CONSTANTS.contains(number);
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  /** What a statement without a session sets and says of itself. */
  static @Nullable Object answer(
      Portability portability, Recipe recipe, Call call, @Nullable Object @Nullable [] args) {
    return switch (call.method().getName()) {
      case "setQueryTimeout", "setFetchSize", "setMaxRows" -> {
        if (args == null || !(args[0] instanceof Integer number) || number < 0) {
          yield AtRest.ASK;
        }
        recipe.note(call, args);
        yield null;
      }
      case "getQueryTimeout" ->
          setting(recipe, "setQueryTimeout", portability.known(SessionProperty.QUERY_TIMEOUT));
      case "getFetchSize" ->
          setting(recipe, "setFetchSize", portability.known(SessionProperty.DEFAULT_FETCH_SIZE));
      case "getMaxRows" ->
          recipe.setting("setLargeMaxRows") == null ? setting(recipe, "setMaxRows", 0) : AtRest.ASK;
      default -> AtRest.ASK;
    };
  }

  private static Object setting(Recipe recipe, String setter, @Nullable Object byDefault) {
    Object set = recipe.setting(setter);
    return set instanceof Integer ? set : byDefault instanceof Integer ? byDefault : AtRest.ASK;
  }
}
