package io.tenantpool.it.servers;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Open Liberty. Red as soon as an idle connection of a pool has a socket, or its {@code onConnect}
 * is not that of every session.
 */
final class OpenLibertyTest {

  @TempDir private Path directory;

  @Test
  void itsPoolsCostNoSocketsWhileTheyAreIdle() throws Exception {
    int port = ServerFiles.freePort();
    Path home = Files.createDirectories(directory.resolve("servers").resolve("units"));
    UnitsArchive.write(Files.createDirectory(home.resolve("apps")).resolve("app.war"), "jdbc/t");
    // Its bundles see of the boot loader what it is told.
    Files.writeString(
        home.resolve("bootstrap.properties"),
        "org.osgi.framework.bootdelegation=io.tenantpool.bootstrap\n");
    try (Tenants tenants = Tenants.create()) {
      Files.writeString(home.resolve("server.xml"), configuration(tenants, port));
      Path liberty = ServerFiles.find("wlp");
      Path tools = liberty.resolve("bin").resolve("tools");
      ChildJvm jvm =
          ServerFiles.jvm(
                  tools.resolve("ws-server.jar"),
                  "com.ibm.ws.kernel.boot.cmdline.EnvCheck",
                  "units")
              .jvm("-javaagent:" + tools.resolve("ws-javaagent.jar"))
              // As its own script does.
              .jvm("@" + liberty.resolve("lib/platform/java/java9.options"))
              .environment("WLP_USER_DIR", directory.toString());
      try (RunningJvm server = jvm.start()) {
        server.awaitLine(line -> line.contains("CWWKF0011I"));
        System.out.println(
            "Open Liberty: "
                + new UnitsOfWork(tenants, ServerFiles.application(port)).allDoneWithinTheBudget());
        ServerFiles.assertNoComplaint(server);
      }
    }
  }

  private static String configuration(Tenants tenants, int port) {
    return """
        <server>
          <featureManager>
            <feature>servlet-6.0</feature>
            <feature>jdbc-4.3</feature>
            <feature>jndi-1.0</feature>
          </featureManager>
          <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
          <library id="driver"><file name="%s"/></library>
          <webApplication location="app.war" contextRoot="app"/>
          %s
        </server>
        """
        .formatted(
            port, ChildJvm.driverJar(), tenants.each("\n", tenant -> dataSource(tenants, tenant)));
  }

  private static String dataSource(Tenants tenants, int tenant) {
    return """
        <dataSource id="t%1$d" jndiName="jdbc/t%1$d" type="javax.sql.DataSource">
          <jdbcDriver libraryRef="driver"/>
          <properties.postgresql serverName="127.0.0.1" portNumber="%2$d" databaseName="%3$s"
              user="%4$s" password="%5$s"/>
          <connectionManager minPoolSize="%6$d" maxPoolSize="%6$d"/>
          <onConnect>%7$s</onConnect>
        </dataSource>
        """
        .formatted(
            tenant,
            tenants.postgres().port(),
            tenants.databases().get(tenant),
            tenants.user(),
            Tenants.PASSWORD,
            Tenants.POOL_SIZE,
            Tenants.INITIAL_SQL);
  }
}
