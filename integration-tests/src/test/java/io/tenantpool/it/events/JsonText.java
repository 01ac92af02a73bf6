package io.tenantpool.it.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON that a tool of the JDK has written: maps, lists, texts, numbers, booleans, null. */
final class JsonText {

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  static @Nullable Object read(String text) {
    return new JsonText(text).value();
  }

  private @Nullable Object value() {
    return switch (next()) {
      case '{' -> object();
      case '[' -> list();
      case '"' -> string();
      default -> word();
    };
  }

  /** The next character that is no blank; it is not taken. */
  private char next() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.charAt(at);
  }

  private void take(char expected) {
    if (next() != expected) {
      throw new IllegalArgumentException("no " + expected + " at " + text.substring(at));
    }
    at++;
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    take('{');
    while (next() != '}') {
      if (!fields.isEmpty()) {
        take(',');
      }
      next();
      String name = string();
      take(':');
      fields.put(name, value());
    }
    take('}');
    return fields;
  }

  private List<@Nullable Object> list() {
    List<@Nullable Object> items = new ArrayList<>();
    take('[');
    while (next() != ']') {
      if (!items.isEmpty()) {
        take(',');
      }
      items.add(value());
    }
    take(']');
    return items;
  }

  private String string() {
    StringBuilder read = new StringBuilder();
    take('"');
    for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
      if (c != '\\') {
        read.append(c);
        continue;
      }
      char escaped = text.charAt(at++);
      switch (escaped) {
        case 'n' -> read.append('\n');
        case 'r' -> read.append('\r');
        case 't' -> read.append('\t');
        case 'u' -> {
          read.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
          at += 4;
        }
        default -> read.append(escaped);
      }
    }
    return read.toString();
  }

  private @Nullable Object word() {
    int start = at;
    while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at).strip();
    return switch (word) {
      case "null" -> null;
      case "true", "false" -> Boolean.valueOf(word);
      default -> Double.valueOf(word);
    };
  }
}
