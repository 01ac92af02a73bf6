package io.tenantpool.it.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.springboot.BootShop;
import com.example.springboot.Stock;
import com.example.tenants.Crowd;
import com.example.tenants.Tenants;
import io.tenantpool.it.start.BootJar;
import io.tenantpool.it.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.JarLauncher;

/** Spring Boot in its executable jar, with the pool that it makes from properties. */
final class SpringBootTest {

  @TempDir private Path directory;

  @Test
  void stocksAreMovedInSessionsThatTheirPoolHasSetUp() throws Exception {
    BothWays runs =
        Program.of(JarLauncher.class.getName())
            .onlyWith(List.of(application(), observer()))
            .prepared(
                tenant ->
                    List.of(
                        "CREATE TABLE stock (owner text, pieces integer)",
                        "INSERT INTO stock VALUES ('" + tenant + "', 0)",
                        "CREATE TABLE movement (number integer PRIMARY KEY, pieces integer)"))
            .runBothWays();
    List<String> expected = new ArrayList<>();
    for (int tenant = 0; tenant < Program.TENANTS; tenant++) {
      expected.add(
          "tenant"
              + tenant
              + " {owner=tenant"
              + tenant
              + ", pieces=1350, movements=45, opened=spring boot}");
    }
    assertEquals(expected, runs.lines());
    runs.everyDatabaseSays("1350", "SELECT sum(pieces) FROM movement");
    runs.leasesWereShared(2 * Program.TENANTS * 60);
  }

  private Path application() throws IOException {
    List<Path> libraries =
        Jars.hikari(
            "spring-core-",
            "spring-beans-",
            "spring-aop-",
            "spring-context-",
            "spring-expression-",
            "spring-jdbc-",
            "spring-tx-",
            "spring-boot-4",
            "spring-boot-autoconfigure-",
            "spring-boot-jdbc-",
            "spring-boot-sql-",
            "spring-boot-transaction-",
            "spring-boot-persistence-",
            "commons-logging-",
            "micrometer-commons-",
            "micrometer-observation-",
            "jspecify-",
            "postgresql-");
    List<Class<?>> classes = List.of(BootShop.class, Stock.class, Tenants.class, Crowd.class);
    return BootJar.pack(directory.resolve("application.jar"), classes, libraries);
  }

  /** A class path with {@link Observed} alone: the application must come from its jar. */
  private Path observer() throws IOException {
    String name = Observed.class.getName().replace('.', '/') + ".class";
    Path copy = directory.resolve("observer").resolve(name);
    Files.createDirectories(copy.getParent());
    Files.copy(ChildJvm.pathOf(Observed.class).resolve(name), copy);
    return directory.resolve("observer");
  }
}
