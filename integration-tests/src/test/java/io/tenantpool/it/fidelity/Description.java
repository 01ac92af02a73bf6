package io.tenantpool.it.fidelity;

import java.lang.reflect.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes as text on one line, the same for the same outcome: no addresses, no class of a wrapper,
 * no process id.
 */
final class Description {

  private Description() {}

  static String of(@Nullable Object value) {
    return oneLine(describe(value));
  }

  /** Class (the nearest one of the JDK's), SQLState, message, and what hangs on it. */
  static String of(Throwable thrown) {
    StringBuilder text = new StringBuilder("throws ");
    text.append(jdkClass(thrown.getClass())).append(' ');
    if (thrown instanceof SQLException e) {
      text.append(e.getSQLState()).append(' ').append(e.getErrorCode()).append(' ');
    }
    text.append(thrown.getMessage());
    if (thrown instanceof SQLException e && e.getNextException() != null) {
      text.append(" | next ").append(of(e.getNextException()));
    }
    return oneLine(text.toString());
  }

  private static String describe(@Nullable Object value) {
    try {
      if (value instanceof ResultSet rows) {
        return rows(rows);
      }
    } catch (SQLException e) {
      return of(e);
    }
    if (value instanceof SQLWarning warning) {
      return of((Throwable) warning);
    }
    if (value instanceof Throwable thrown) {
      return of(thrown);
    }
    if (value instanceof Class<?> type) {
      return type.getName();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((key, item) -> sorted.put(describe(key), describe(item)));
      return sorted.toString();
    }
    if (value instanceof Iterable<?> items) {
      List<String> described = new ArrayList<>();
      items.forEach(item -> described.add(describe(item)));
      return described.toString();
    }
    if (value != null && value.getClass().isArray()) {
      List<String> described = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        described.add(describe(Array.get(value, i)));
      }
      return described.toString();
    }
    return value == null ? "null" : value.getClass().getSimpleName() + " " + value;
  }

  /** All rows, with the columns' names and types. */
  static String rows(ResultSet rows) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      text.append(meta.getColumnLabel(i)).append(':').append(meta.getColumnTypeName(i)).append(' ');
    }
    while (rows.next()) {
      text.append("| ");
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        text.append(rows.getString(i)).append(' ');
      }
    }
    return text.toString();
  }

  private static String jdkClass(Class<?> type) {
    Class<?> each = type;
    while (!each.getName().startsWith("java.")) {
      each = each.getSuperclass();
    }
    return each.getName();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").trim();
  }
}
