package io.tenantpool.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.ObjectName;

/**
 * One MBean of the agent as it was at one moment: what it is called, and its attributes in plain
 * Java types. An attribute that the agent in that JVM does not have reads as nothing.
 */
record Bean(Map<String, String> key, Map<String, Object> attributes) {

  static Bean of(ObjectName name, Map<String, Object> attributes) {
    Map<String, String> key = new LinkedHashMap<>();
    name.getKeyPropertyList().forEach((property, value) -> key.put(property, unquoted(value)));
    return new Bean(key, attributes);
  }

  private static String unquoted(String value) {
    return value.startsWith("\"") ? ObjectName.unquote(value) : value;
  }

  /** The server or the tenant that it is about. */
  String name() {
    return key.getOrDefault("name", "");
  }

  /** The server of a tenant. */
  String server() {
    return key.getOrDefault("server", "");
  }

  long count(String attribute) {
    return attributes.get(attribute) instanceof Number number ? number.longValue() : 0;
  }

  double decimal(String attribute) {
    return attributes.get(attribute) instanceof Number number ? number.doubleValue() : 0;
  }

  /** One of those that an attribute has by cause. */
  double decimal(String attribute, String cause) {
    return attributes.get(attribute) instanceof Map<?, ?> map
            && map.get(cause) instanceof Number number
        ? number.doubleValue()
        : 0;
  }

  String text(String attribute) {
    Object value = attributes.get(attribute);
    return value == null ? "" : value.toString();
  }

  /**
   * Of a server: what was seen of all its connections that are only watched; nothing where none
   * ever was.
   */
  Optional<Bean> watched() {
    if (attributes.get("Watched") instanceof List<?> rows
        && !rows.isEmpty()
        && rows.get(0) instanceof Map<?, ?> all) {
      Map<String, Object> figures = new LinkedHashMap<>();
      all.forEach(
          (item, value) -> {
            if (value != null) {
              figures.put(String.valueOf(item), value);
            }
          });
      return Optional.of(new Bean(key, figures));
    }
    return Optional.empty();
  }

  /** An attribute that is a table, row by row. */
  List<Map<?, ?>> rows(String attribute) {
    List<Map<?, ?>> rows = new ArrayList<>();
    if (attributes.get(attribute) instanceof List<?> table) {
      for (Object row : table) {
        if (row instanceof Map<?, ?> figures) {
          rows.add(figures);
        }
      }
    }
    return rows;
  }

  /** An attribute that counts by cause, those without any left out. */
  Map<String, Long> causes(String attribute) {
    Map<String, Long> causes = new LinkedHashMap<>();
    if (attributes.get(attribute) instanceof Map<?, ?> map) {
      map.forEach(
          (cause, count) -> {
            if (count instanceof Number number && number.longValue() > 0) {
              causes.put(String.valueOf(cause), number.longValue());
            }
          });
    }
    return causes;
  }

  /** All causes together. */
  long sum(String attribute) {
    return causes(attribute).values().stream().mapToLong(Long::longValue).sum();
  }
}
