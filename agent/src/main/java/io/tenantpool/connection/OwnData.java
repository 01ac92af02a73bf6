package io.tenantpool.connection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What pgjdbc's objects answer from what they hold themselves: applications read arrays, XML and
 * the names of columns after they have given the connection back. An array of a type that the
 * driver does not know asks the session about it; {@link #prepare} makes that happen while there is
 * a lease, so that no call reaches the session after it.
 */
final class OwnData {

  private static final Set<String> OF_COMPOSITES =
      Set.of(
          "free",
          "getArray",
          "getBaseType",
          "getBaseTypeName",
          "getString",
          "getCharacterStream",
          "getBinaryStream",
          "getSource");

  private static final Set<String> OF_META_DATA =
      Set.of("getColumnCount", "getColumnLabel", "getColumnName");

  /** The element types of which pgjdbc knows all by itself. */
  private static final Set<String> KNOWN_ELEMENTS =
      Set.of(
          "int2",
          "int4",
          "int8",
          "float4",
          "float8",
          "numeric",
          "bool",
          "text",
          "varchar",
          "bpchar",
          "uuid",
          "date",
          "time",
          "timestamp",
          "timestamptz",
          "bytea");

  private OwnData() {}

  /** Has the driver learn what it needs to read {@code result} later. During the lease. */
  static void prepare(Object result) {
    if (result instanceof Array array && isKnown(result.getClass())) {
      try {
        if (!KNOWN_ELEMENTS.contains(array.getBaseTypeName())) {
          // The driver keeps what it finds, in the array too: reading it again costs less.
          array.getArray();
        }
      } catch (SQLException e) {
        // Then reading it fails, now and later.
        return;
      }
    }
  }

  /** Whether {@code target} answers {@code method} without its session. */
  static boolean answers(LogicalObject target, Method method) {
    return hasOwn(target)
        && switch (target.kind()) {
          case COMPOSITE -> OF_COMPOSITES.contains(method.getName());
          case OTHER_META_DATA -> OF_META_DATA.contains(method.getName());
          default -> false;
        };
  }

  /** Whether {@code target} has an object of pgjdbc's to itself. */
  static boolean hasOwn(LogicalObject target) {
    return target.delegate() != null && isKnown(target.driverClass());
  }

  /** What it answers. */
  static @Nullable Object of(
      LogicalObject target, Method method, @Nullable Object @Nullable [] args) throws Throwable {
    try {
      return method.invoke(target.delegate(), args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** Its text; null when only the session can tell. */
  static @Nullable String textOf(LogicalObject target) {
    Object delegate = target.delegate();
    return delegate instanceof Array && isKnown(target.driverClass()) ? delegate.toString() : null;
  }

  private static boolean isKnown(Class<?> driverClass) {
    return Pgjdbc.owns(driverClass);
  }
}
