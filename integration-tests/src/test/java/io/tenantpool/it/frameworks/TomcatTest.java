package io.tenantpool.it.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.webshop.TomcatServer;
import io.tenantpool.it.support.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A web application in Tomcat that brings its own driver and HikariCP. Promise 10: once it is
 * undeployed, its class loader can be collected.
 */
final class TomcatTest {

  @TempDir private Path directory;

  @Test
  void anUndeployedApplicationIsCollectedWithItsDriverAndItsPools() throws Exception {
    Path application = directory.resolve("shop");
    Files.createDirectories(directory.resolve("tomcat/webapps"));
    List<Path> jars = new ArrayList<>(Jars.named("tomcat-embed-core-", "jakarta.annotation-api-"));
    jars.add(ChildJvm.pathOf(TomcatServer.class));
    BothWays runs =
        Program.of(
                TomcatServer.class, directory.resolve("tomcat").toString(), application.toString())
            .onlyWith(jars)
            .prepared("CREATE TABLE sold AS SELECT 0 AS pieces")
            .beforeRun((urls, user) -> write(application, urls, user))
            .setting("max-idle-time", "1s")
            .runBothWays();
    List<String> expected = new ArrayList<>();
    for (int sold : List.of(26, 52)) {
      for (int tenant = 0; tenant < Program.TENANTS; tenant++) {
        expected.add("tenant" + tenant + " sold " + sold);
      }
    }
    expected.addAll(List.of("collected true", "collected true"));
    assertEquals(expected, runs.lines());
    runs.everyDatabaseSays("52", "SELECT pieces FROM sold");
    runs.leasesWereShared(Program.TENANTS * 52);
  }

  /** An application as it is unpacked from its archive. */
  private static void write(Path application, List<String> urls, String user) {
    try {
      Path classes = application.resolve("WEB-INF/classes/com/example/webshop");
      Path libraries = application.resolve("WEB-INF/lib");
      Files.createDirectories(classes);
      Files.createDirectories(libraries);
      Path compiled = ChildJvm.pathOf(TomcatServer.class).resolve("com/example/webshop");
      for (String name : List.of("Pools.class", "SellServlet.class")) {
        Files.write(classes.resolve(name), Files.readAllBytes(compiled.resolve(name)));
      }
      for (Path jar : Jars.hikari("postgresql-")) {
        Files.write(libraries.resolve(jar.getFileName()), Files.readAllBytes(jar));
      }
      Files.writeString(
          application.resolve("WEB-INF/web.xml"),
          descriptor()
              .replace("@urls@", String.join(" ", urls))
              .replace("@user@", user)
              .replace("@password@", Program.PASSWORD));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String descriptor() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(TomcatServer.class.getResourceAsStream("web.xml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
