package io.tenantpool.connection;

import java.lang.reflect.Method;
import java.util.Set;

/**
 * Which calls wait for the one that another thread has under way on the same connection: those that
 * ask the server, and of which the connection keeps books. Any other is made beside it; then the
 * driver says whether it has to wait, as it does without the agent.
 */
final class Exclusion {

  private static final Set<String> OF_CONNECTIONS =
      Set.of(
          "commit",
          "rollback",
          "setSavepoint",
          "releaseSavepoint",
          "getTransactionIsolation",
          "setTransactionIsolation",
          "getSchema",
          "setSchema",
          "isValid",
          "execSQLQuery",
          "execSQLUpdate",
          "alterUserPassword");

  private Exclusion() {}

  /** Whether a call of {@code method}, of an object of that kind, waits. */
  static boolean holdsFor(ObjectKind kind, Method method, Call.Way way) {
    return switch (way) {
      case FORWARD, SQL, HAND_OUT -> asksTheServer(kind, method);
      case CLOSE_OBJECT -> kind != ObjectKind.STATEMENT && kind != ObjectKind.RESULT_SET;
      default -> true;
    };
  }

  private static boolean asksTheServer(ObjectKind kind, Method method) {
    return switch (kind) {
      case CONNECTION -> OF_CONNECTIONS.contains(method.getName());
      case STATEMENT -> method.getName().startsWith("execute");
      case LOCATOR -> true;
      default -> false;
    };
  }
}
