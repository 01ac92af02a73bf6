package io.tenantpool.connection;

import java.lang.reflect.Method;
import java.sql.Statement;

/** What a call of a statement means for making that statement, or what it did, anew. */
enum Trace {
  NONE,
  /** Sets something that lasts as long as the statement. */
  SETTING,
  PARAMETER,
  CLEAR_PARAMETERS,
  ADD_BATCH,
  CLEAR_BATCH,
  EXECUTE_BATCH,
  EXECUTE;

  /** Whether it executes SQL, and so forgets what the last execution left. */
  boolean executes() {
    return this == EXECUTE || this == EXECUTE_BATCH;
  }

  /** Of a method of an object of the driver; its own connections execute SQL as well. */
  static Trace of(Method method) {
    if (VendorCall.executes(method)) {
      return EXECUTE;
    }
    if (!Statement.class.isAssignableFrom(method.getDeclaringClass())
        && !method.getDeclaringClass().getSimpleName().contains("Statement")) {
      return NONE;
    }
    return switch (method.getName()) {
      case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate" -> EXECUTE;
      case "addBatch" -> ADD_BATCH;
      case "clearBatch" -> CLEAR_BATCH;
      case "executeBatch", "executeLargeBatch" -> EXECUTE_BATCH;
      case "clearParameters" -> CLEAR_PARAMETERS;
      case "closeOnCompletion" -> SETTING;
      case "registerOutParameter" -> PARAMETER;
      default -> ofSetter(method);
    };
  }

  /** A parameter has its place first, a setting has only a value. */
  private static Trace ofSetter(Method method) {
    if (!method.getName().startsWith("set")) {
      return NONE;
    }
    return method.getParameterCount() == 1 ? SETTING : PARAMETER;
  }
}
