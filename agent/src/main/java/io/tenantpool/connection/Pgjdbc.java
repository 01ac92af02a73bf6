package io.tenantpool.connection;

import org.jspecify.annotations.Nullable;

/**
 * Which classes are pgjdbc's. An application may carry the driver under another package name, as
 * shaded jars do, and forks have names of their own; such a copy is known by its shape.
 */
final class Pgjdbc {

  private static final String OWN_PACKAGE = "org.postgresql.";

  /** Below the driver's package; what a reset needs is declared there. */
  private static final String CONNECTION = "core.BaseConnection";

  private static final String STATEMENT = "core.BaseStatement";

  private static final String[] OTHERS = {"org.mariadb.", "com.mysql.", "java.", "javax."};

  private static final ClassValue<Boolean> ITS_CLASSES =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isMoved(type);
        }
      };

  private Pgjdbc() {}

  /** Whether {@code type} belongs to pgjdbc, or to a copy of it. */
  static boolean owns(Class<?> type) {
    return type.getName().startsWith(OWN_PACKAGE) || ITS_CLASSES.get(type);
  }

  /** Whether {@code type} is the interface of the driver's connections. */
  static boolean isConnection(Class<?> type) {
    return isInterface(type, CONNECTION);
  }

  /** Whether {@code type} is the interface of the driver's statements. */
  static boolean isStatement(Class<?> type) {
    return isInterface(type, STATEMENT);
  }

  private static boolean isInterface(Class<?> type, String name) {
    return type.isInterface() && type.getName().endsWith(".".concat(name)) && owns(type);
  }

  /** Looks in all packages around it for the driver's connection. */
  private static boolean isMoved(Class<?> type) {
    String name = type.getName();
    for (String other : OTHERS) {
      if (name.startsWith(other)) {
        return false;
      }
    }
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      Class<?> connection = find(name.substring(0, dot + 1).concat(CONNECTION), type);
      if (connection != null && hasShape(connection, name.substring(0, dot + 1))) {
        CodeOwner.noteDriver(name.substring(0, dot));
        return true;
      }
    }
    return false;
  }

  private static @Nullable Class<?> find(String name, Class<?> beside) {
    try {
      return Class.forName(name, false, beside.getClassLoader());
    } catch (ClassNotFoundException | LinkageError none) {
      return null;
    }
  }

  /** What pgjdbc's has, apart from its name. */
  private static boolean hasShape(Class<?> connection, String home) {
    try {
      return connection.isInterface()
          && connection.getMethod("getQueryExecutor").getReturnType().getName().startsWith(home)
          && connection.getMethod("getTransactionState").getReturnType().getName().startsWith(home)
          && connection.getMethod("getBackendPID").getReturnType() == int.class;
    } catch (NoSuchMethodException | LinkageError other) {
      return false;
    }
  }
}
