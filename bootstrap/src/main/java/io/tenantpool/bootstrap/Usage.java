package io.tenantpool.bootstrap;

/** What {@code java -jar} says: this jar is not a program. */
public final class Usage {

  private Usage() {}

  /** Prints what this jar is and how to use it. */
  public static void main(String[] arguments) {
    String version = Usage.class.getPackage().getImplementationVersion();
    System.out.println(text(version));
  }

  static String text(String version) {
    return "Tenant Pool Agent"
        + (version == null ? "" : " " + version)
        + ": lets all tenants of a JDBC application share one bounded set of connections.\n"
        + "It is not a program of its own. Start the application with it:\n"
        + "\n"
        + "  java -javaagent:tenant-pool-agent.jar -jar application.jar\n"
        + "  java -javaagent:tenant-pool-agent.jar=max-connections=50,acquire-timeout=5s"
        + " -jar application.jar\n"
        + "\n"
        + "Settings can also be system properties (-Dtenantpool.max-connections=50), environment"
        + " variables (TENANTPOOL_MAX_CONNECTIONS=50)\n"
        + "or lines of a properties file (-Dtenantpool.config=tenantpool.properties).";
  }
}
