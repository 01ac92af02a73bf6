package io.tenantpool.routing;

import java.util.Arrays;
import java.util.Enumeration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The properties that came with a URL, their defaults included, as they were at one instant. Names
 * and values alternate in one array, sorted by name, which is all that a pool key keeps of them.
 * The password stands apart: two that differ in it alone are equal.
 */
final class DriverProperties {

  static final DriverProperties NONE = new DriverProperties(new String[0], null);

  private static final String PASSWORD = "password";

  private final String[] namesAndValues;
  private final @Nullable String password;

  private DriverProperties(String[] namesAndValues, @Nullable String password) {
    this.namesAndValues = namesAndValues;
    this.password = password;
  }

  /**
   * Copies {@code info}.
   *
   * @throws NotUnderstoodException for a name or value that is no string (what it means is known to
   *     the driver alone), or when {@code info} cannot be read
   */
  static DriverProperties of(@Nullable Properties info) throws NotUnderstoodException {
    if (info == null) {
      return NONE;
    }
    try {
      return copy(info);
    } catch (RuntimeException unreadable) {
      // Properties is a class that applications extend.
      throw new NotUnderstoodException("the properties cannot be read");
    }
  }

  private static DriverProperties copy(Properties info) throws NotUnderstoodException {
    for (Map.Entry<Object, Object> entry : info.entrySet()) {
      requireStrings(entry.getKey(), entry.getValue());
    }
    Set<String> names = info.stringPropertyNames();
    // The defaults' names too. Those without a string are missing among the string names.
    Enumeration<?> all = info.propertyNames();
    while (all.hasMoreElements()) {
      Object name = all.nextElement();
      requireStrings(name, name instanceof String text ? info.getProperty(text) : null);
    }
    String[] sorted = names.toArray(new String[0]);
    Arrays.sort(sorted);
    boolean secret = names.contains(PASSWORD);
    String[] flat = new String[2 * (secret ? sorted.length - 1 : sorted.length)];
    String password = null;
    int next = 0;
    for (String name : sorted) {
      String value = info.getProperty(name);
      requireStrings(name, value);
      if (secret && name.equals(PASSWORD)) {
        password = value;
      } else {
        flat[next++] = name;
        flat[next++] = value;
      }
    }
    return new DriverProperties(flat, password);
  }

  private static void requireStrings(Object name, @Nullable Object value)
      throws NotUnderstoodException {
    if (!(name instanceof String) || !(value instanceof String)) {
      throw new NotUnderstoodException("a property's name or value is not a string");
    }
  }

  /** The password; null when there is none. */
  @Nullable String password() {
    return password;
  }

  /** The same without the password. */
  DriverProperties withoutPassword() {
    return password == null ? this : new DriverProperties(namesAndValues, null);
  }

  /** The value of {@code name}, or null; the password has a method of its own. */
  @Nullable String get(String name) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i].equals(name)) {
        return namesAndValues[i + 1];
      }
    }
    return null;
  }

  /** The value of {@code name} in whatever case, or null. */
  @Nullable String getIgnoringCase(String name) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i].equalsIgnoreCase(name)) {
        return namesAndValues[i + 1];
      }
    }
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DriverProperties that
        && Arrays.equals(that.namesAndValues, namesAndValues);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(namesAndValues);
  }

  /** How many there are; never what they say. */
  @Override
  public String toString() {
    return namesAndValues.length / 2 + " properties";
  }
}
