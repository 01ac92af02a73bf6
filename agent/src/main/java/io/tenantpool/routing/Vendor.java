package io.tenantpool.routing;

/** A family of JDBC URLs that the agent can read, by the driver that defines it. */
enum Vendor {
  POSTGRESQL("jdbc:postgresql:", 5432),
  MARIADB("jdbc:mariadb:", 3306),
  MYSQL("jdbc:mysql:", 3306);

  private final String prefix;
  private final int defaultPort;

  Vendor(String prefix, int defaultPort) {
    this.prefix = prefix;
    this.defaultPort = defaultPort;
  }

  /** What the URLs start with, in the only case that the drivers accept. */
  String prefix() {
    return prefix;
  }

  /** The port of a host without one. */
  int defaultPort() {
    return defaultPort;
  }
}
