package io.tenantpool.it.monitoring;

import com.example.health.HealthyShop;
import io.tenantpool.it.start.BootJar;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.FaultProxy;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.JarLauncher;

/**
 * The health endpoint of a Spring Boot application, which asks a connection of its pool whether it
 * is valid, goes down with the server and comes up again. Red as soon as that question is answered
 * from memory.
 */
final class HealthEndpointTest {

  private static final String PATH = "/actuator/health";
  private static final String UP = "\"status\":\"UP\"";
  private static final String DOWN = "\"status\":\"DOWN\"";

  @TempDir private Path directory;

  @Test
  void theHealthEndpointFollowsTheServer() throws Exception {
    TestPostgres postgres = TestPostgres.shared();
    String database = postgres.createDatabase();
    String user = postgres.createUser("healthy", "secret");
    Path application =
        BootJar.pack(
            directory.resolve("application.jar"),
            List.of(HealthyShop.class),
            BootWebJars.and(
                "spring-boot-jdbc-", "spring-boot-sql-", "spring-boot-transaction-", "HikariCP-"));
    try (FaultProxy server = FaultProxy.before(postgres);
        RunningJvm child =
            ChildJvm.of(JarLauncher.class, server.url(database), user, "secret")
                .agent(true)
                .onlyClassPath(application)
                .start()) {
      int port = Integer.parseInt(child.awaitLine("port "));
      WatchedApplication.await(port, PATH, text -> text.contains(UP));
      server.whenTheServerIsAway();
      WatchedApplication.await(port, PATH, text -> text.contains(DOWN));
      server.whenAllIsWell();
      WatchedApplication.await(port, PATH, text -> text.contains(UP));
      // Its pool's connections come from the agent.
      child.awaitErrorLine(line -> line.contains("server-added server=127.0.0.1:" + server.port()));
      child.send("q");
      child.awaitLine("done");
      child.awaitExit().succeeded();
    }
  }
}
