package io.tenantpool.it.isolation;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one request for a connection says about itself. */
record Identity(String driver, String url, Map<String, String> properties) {

  static Identity of(String url, String user, String password) {
    return new Identity("shared", url, Map.of("user", user, "password", password));
  }

  Identity with(String property, String value) {
    Map<String, String> more = new LinkedHashMap<>(properties);
    more.put(property, value);
    return new Identity(driver, url, more);
  }

  /** The same through a copy of the driver in a class loader of its own. */
  Identity through(String copyOfDriver) {
    return new Identity(copyOfDriver, url, properties);
  }

  /** The line that {@link IdentityProgram} reads. */
  String line(String what) {
    StringBuilder line = new StringBuilder(what).append('\t').append(driver).append('\t');
    line.append(url);
    properties.forEach((name, value) -> line.append('\t').append(name).append('=').append(value));
    return line.toString();
  }
}
