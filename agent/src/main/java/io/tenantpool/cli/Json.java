package io.tenantpool.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, numbers, truth values and texts as JSON, on one line. */
final class Json {

  private Json() {}

  static String of(@Nullable Object value) {
    StringBuilder json = new StringBuilder();
    write(value, json);
    return json.toString();
  }

  private static void write(@Nullable Object value, StringBuilder json) {
    if (value instanceof Map<?, ?> map) {
      object(map, json);
    } else if (value instanceof Iterable<?> list) {
      array(list, json);
    } else if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
      json.append("null");
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      json.append(value);
    } else {
      text(value.toString(), json);
    }
  }

  private static void object(Map<?, ?> map, StringBuilder json) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      json.append(separator);
      text(String.valueOf(entry.getKey()), json);
      json.append(':');
      write(entry.getValue(), json);
      separator = ",";
    }
    json.append(map.isEmpty() ? "{}" : "}");
  }

  private static void array(Iterable<?> list, StringBuilder json) {
    String separator = "";
    json.append('[');
    for (Object value : list) {
      json.append(separator);
      write(value, json);
      separator = ",";
    }
    json.append(']');
  }

  private static void text(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          // Beyond ASCII too: what the terminal's encoding is, nobody knows.
          if (c < ' ' || c > '~') {
            json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
