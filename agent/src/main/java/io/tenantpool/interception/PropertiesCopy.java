package io.tenantpool.interception;

import java.util.Properties;

/** Copies of the properties that a driver is given, which the caller may change afterwards. */
final class PropertiesCopy {

  private PropertiesCopy() {}

  /** A copy with the defaults of {@code info} among its own entries. */
  static Properties of(Properties info) {
    Properties copy = new Properties();
    for (String name : info.stringPropertyNames()) {
      copy.setProperty(name, info.getProperty(name));
    }
    // Some drivers take values that are not strings.
    copy.putAll(info);
    return copy;
  }
}
