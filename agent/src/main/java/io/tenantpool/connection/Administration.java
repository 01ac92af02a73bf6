package io.tenantpool.connection;

import java.sql.CallableStatement;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Runs an administrator's SQL as if the application's own sessions were all that there are: the
 * idle ones that would be in its way are closed before it, those that it makes other ones are not
 * lent as new ones after it. From inside.
 */
final class Administration {

  /** Object in use: what the statement needs alone has a session. */
  private static final String OBJECT_IN_USE = "55006";

  /** The one of PostgreSQL's checks for that state that speaks of the session itself. */
  private static final String OWN_QUERIES = "CheckTableNotInUse";

  private Administration() {}

  /** Makes the call, which executes {@code sql}. */
  static @Nullable Object perform(
      AdministrativeSql sql,
      Binding bound,
      LogicalObject target,
      Call call,
      @Nullable Object @Nullable [] args)
      throws Throwable {
    if (sql.inTheWay() != null) {
      bound.closeIdle(sql.inTheWay());
    }
    Object result;
    try {
      result = target.session().callDriver(bound, target, call, args);
    } catch (SQLException e) {
      if (!sql.isSingle() || !isWorthRepeating(e, bound)) {
        throw e;
      }
      result = target.session().callDriver(bound, target, call, args);
    }
    if (sql.outdated() != null) {
      bound.outdateAfterCommit(sql.outdated());
    }
    return result;
  }

  /**
   * Repeats a call that was refused for the sake of another session, if that was one of the agent's
   * own: the SQL called something that did what the agent did not see.
   *
   * @throws SQLException {@code refusal}, when it is something else
   */
  static @Nullable Object repeat(
      SQLException refusal,
      Binding bound,
      LogicalObject target,
      Call call,
      @Nullable Object @Nullable [] args)
      throws Throwable {
    if (!OBJECT_IN_USE.equals(refusal.getSQLState())
        || !call.executes()
        || !call.takesSql()
        || args == null
        || !(args[0] instanceof String sql)
        || !isRepeatable(target, sql)
        || !isWorthRepeating(refusal, bound)) {
      throw refusal;
    }
    return target.session().callDriver(bound, target, call, args);
  }

  /** A procedure or a block may have committed half of its work. */
  private static boolean isRepeatable(LogicalObject target, String sql) {
    String text = sql.substring(SqlWords.skipSpace(sql, 0)).toLowerCase(Locale.ROOT);
    return !(target.proxy() instanceof CallableStatement)
        && !text.startsWith("call")
        && !text.startsWith("do")
        && SqlWords.isLast(sql, sql.indexOf(';'));
  }

  /** The failed statement has left nothing, and something was in its way that is not any more. */
  private static boolean isWorthRepeating(SQLException refusal, Binding bound) throws SQLException {
    return OBJECT_IN_USE.equals(refusal.getSQLState())
        && !OWN_QUERIES.equals(ServerMessages.routine(refusal))
        && !bound.physical().isBroken()
        && !bound.physical().isInTransaction()
        && bound.physical().driverConnection().getAutoCommit()
        && bound.closeIdle(SessionFilter.ALL) > 0;
  }
}
