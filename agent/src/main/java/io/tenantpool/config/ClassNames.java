package io.tenantpool.config;

import java.util.ArrayList;
import java.util.List;

/** Names of classes as Java programs write them, separated by commas; empty for {@code none}. */
record ClassNames() implements SettingType {

  @Override
  public Object parse(String text) {
    if (text.equalsIgnoreCase(NONE)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    int start = 0;
    for (int comma = 0; comma >= 0; start = comma + 1) {
      comma = text.indexOf(',', start);
      String name = (comma < 0 ? text.substring(start) : text.substring(start, comma)).strip();
      if (!isClassName(name)) {
        throw new IllegalArgumentException(
            "class name \"".concat(name).concat("\": such as com.acme.TenantPool is needed"));
      }
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  private static boolean isClassName(String name) {
    boolean atStart = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.' && !atStart) {
        atStart = true;
      } else if (atStart ? Character.isJavaIdentifierStart(c) : Character.isJavaIdentifierPart(c)) {
        atStart = false;
      } else {
        return false;
      }
    }
    return !atStart;
  }

  @Override
  public String allowed() {
    return "class names, separated by commas, or none";
  }
}
