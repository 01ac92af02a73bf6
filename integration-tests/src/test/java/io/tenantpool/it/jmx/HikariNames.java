package io.tenantpool.it.jmx;

/** How the agent calls its tenants in HikariCP's words. */
final class HikariNames {

  private HikariNames() {}

  /** The name of the pool, as in HikariCP's meters. */
  static String pool(String database) {
    return "tenant-pool " + ObservedApplication.serverName() + "/" + database;
  }

  static String poolBean(String pool) {
    return "com.zaxxer.hikari:type=Pool (" + pool.replace(":", "%3A") + ")";
  }

  static String configBean(String pool) {
    return "com.zaxxer.hikari:type=PoolConfig (" + pool.replace(":", "%3A") + ")";
  }
}
