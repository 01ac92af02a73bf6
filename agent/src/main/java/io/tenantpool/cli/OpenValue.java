package io.tenantpool.cli;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;

/** Open data of JMX in plain Java types: maps, lists, numbers, truth values and texts. */
final class OpenValue {

  private OpenValue() {}

  static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof TabularData table) {
      return table(table);
    }
    if (value instanceof CompositeData row) {
      return row(row);
    }
    if (value != null && value.getClass().isArray()) {
      List<@Nullable Object> list = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        list.add(plain(Array.get(value, i)));
      }
      return list;
    }
    return value;
  }

  private static Map<String, @Nullable Object> row(CompositeData row) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (String item : row.getCompositeType().keySet()) {
      map.put(item, plain(row.get(item)));
    }
    return map;
  }

  /** A table of keys and values, which is how a map travels, is a map again. */
  private static Object table(TabularData table) {
    boolean isMap = table.getTabularType().getIndexNames().equals(List.of("key"));
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    List<@Nullable Object> rows = new ArrayList<>();
    for (Object value : table.values()) {
      CompositeData row = (CompositeData) value;
      rows.add(row(row));
      if (isMap && row.containsKey("value")) {
        map.put(String.valueOf(row.get("key")), plain(row.get("value")));
      }
    }
    return isMap ? map : rows;
  }
}
