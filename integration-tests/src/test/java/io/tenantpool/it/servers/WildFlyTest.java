package io.tenantpool.it.servers;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * WildFly, whose JDBC pool is IronJacamar. Red as soon as an idle connection of a pool has a
 * socket, or its {@code new-connection-sql} is not that of every session.
 */
final class WildFlyTest {

  private static final String DATA_SOURCES = "<datasources>";

  @TempDir private Path directory;

  @Test
  void itsPoolsCostNoSocketsWhileTheyAreIdle() throws Exception {
    int port = ServerFiles.freePort();
    Path home = ServerFiles.find("wildfly-");
    Path deployments = Files.createDirectory(directory.resolve("deployments"));
    Files.copy(ChildJvm.driverJar(), deployments.resolve("driver.jar"));
    UnitsArchive.write(deployments.resolve("app.war"), "java:/jdbc/t");
    try (Tenants tenants = Tenants.create()) {
      configure(home.resolve("standalone").resolve("configuration"), tenants);
      ChildJvm jvm =
          ServerFiles.jvm(
                  home.resolve("jboss-modules.jar"),
                  "org.jboss.modules.Main",
                  "-mp",
                  home.resolve("modules").toString(),
                  "org.jboss.as.standalone")
              // Its modules see of the boot loader what they are told.
              .jvm(
                  "-Djboss.modules.system.pkgs=org.jboss.byteman,io.tenantpool.bootstrap",
                  "-Djboss.home.dir=" + home,
                  "-Djboss.server.base.dir=" + directory,
                  "-Djboss.http.port=" + port,
                  "-Djboss.https.port=" + ServerFiles.freePort(),
                  "-Djboss.management.http.port=" + ServerFiles.freePort())
              .jvm("--add-opens=java.base/java.lang=ALL-UNNAMED")
              .jvm("--add-opens=java.base/java.util=ALL-UNNAMED")
              .jvm("--add-opens=java.base/java.io=ALL-UNNAMED");
      try (RunningJvm server = jvm.start()) {
        server.awaitLine(line -> line.contains("WFLYSRV0025"));
        System.out.println(
            "WildFly: "
                + new UnitsOfWork(tenants, ServerFiles.application(port)).allDoneWithinTheBudget());
        ServerFiles.assertNoComplaint(server);
      }
    }
  }

  /** The standard configuration with further data sources. */
  private void configure(Path original, Tenants tenants) throws IOException {
    Path configuration = Files.createDirectory(directory.resolve("configuration"));
    for (String name :
        new String[] {
          "application-roles.properties",
          "application-users.properties",
          "logging.properties",
          "mgmt-groups.properties",
          "mgmt-users.properties"
        }) {
      Files.copy(original.resolve(name), configuration.resolve(name));
    }
    String standard = Files.readString(original.resolve("standalone.xml"));
    Files.writeString(
        configuration.resolve("standalone.xml"),
        standard.replace(
            DATA_SOURCES,
            DATA_SOURCES + tenants.each("\n", tenant -> dataSource(tenants, tenant))));
  }

  private static String dataSource(Tenants tenants, int tenant) {
    return """
        <datasource jndi-name="java:/jdbc/t%1$d" pool-name="t%1$d">
          <connection-url>%2$s</connection-url>
          <driver>driver.jar</driver>
          <new-connection-sql>%3$s</new-connection-sql>
          <pool>
            <min-pool-size>%4$d</min-pool-size>
            <max-pool-size>%4$d</max-pool-size>
            <prefill>true</prefill>
          </pool>
          <security user-name="%5$s" password="%6$s"/>
        </datasource>
        """
        .formatted(
            tenant,
            tenants.postgres().url(tenants.databases().get(tenant)),
            Tenants.INITIAL_SQL,
            Tenants.POOL_SIZE,
            tenants.user(),
            Tenants.PASSWORD);
  }
}
