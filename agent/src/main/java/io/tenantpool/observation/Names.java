package io.tenantpool.observation;

import java.util.Locale;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** How servers and tenants are called in JMX and in meters. */
final class Names {

  static final String POOL_MANAGER = "io.tenantpool:type=PoolManager";

  private Names() {}

  static ObjectName poolManager() {
    try {
      return new ObjectName(POOL_MANAGER);
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  static String server(String server) {
    return "io.tenantpool:type=Server,name=" + ObjectName.quote(server);
  }

  static String tenant(String server, String tenant) {
    return "io.tenantpool:type=Tenant,server="
        + ObjectName.quote(server)
        + ",name="
        + ObjectName.quote(tenant);
  }

  static String watchedTenant(String server, String tenant) {
    return "io.tenantpool:type=WatchedTenant,server="
        + ObjectName.quote(server)
        + ",name="
        + ObjectName.quote(tenant);
  }

  /**
   * The name of a tenant's pool in HikariCP's words. HikariCP forbids a colon in the name of its
   * own pools, so none of those can have this name.
   */
  static String hikariPool(String server, String tenant) {
    return "tenant-pool " + server + "/" + tenant;
  }

  /** HikariCP's name for the MBean of a pool. */
  static String hikariPoolMBean(String pool) {
    return "com.zaxxer.hikari:type=Pool (" + escape(pool) + ")";
  }

  /** HikariCP's name for the MBean of a pool's configuration. */
  static String hikariConfigMBean(String pool) {
    return "com.zaxxer.hikari:type=PoolConfig (" + escape(pool) + ")";
  }

  /**
   * What cannot stand in an unquoted value of an ObjectName becomes {@code %} and two hexadecimal
   * digits: a quoted value would not match the patterns that people have for {@code Pool (*)}.
   */
  private static String escape(String value) {
    StringBuilder escaped = new StringBuilder(value.length() + 8);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (",=:\"*?%\n".indexOf(c) < 0) {
        escaped.append(c);
      } else {
        escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return escaped.toString();
  }
}
