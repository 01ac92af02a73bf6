package io.tenantpool.it.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.boot.Notes;
import io.tenantpool.it.cap.CountingSocketFactory;
import io.tenantpool.it.support.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** A Spring application in a real Spring Boot jar, where the driver is in a jar inside the jar. */
@Tag("smoke")
final class SpringBootJarTest {

  private static final int BUDGET = 3;
  private static final int TENANTS = 5;

  @TempDir private Path directory;

  @Test
  void tenantsOfASpringApplicationInItsExecutableJarShareTheBudget() throws Exception {
    TestPostgres server = TestPostgres.shared();
    String user = server.createUser("boot", "secret");
    List<String> databases = server.createDatabases("boot", TENANTS);
    for (String database : databases) {
      server.execute(
          database,
          "CREATE TABLE note (text text)",
          "INSERT INTO note VALUES ('note of " + database + "')");
    }
    String url = server.url("%s") + "?socketFactory=" + CountingSocketFactory.class.getName();
    List<String> command = new ArrayList<>();
    command.add(Child.java().toString());
    command.add(
        "-javaagent:"
            + Child.agentJar()
            + "=max-connections="
            + BUDGET
            + ",max-connections-per-tenant=1,tenant-cap=hard");
    command.addAll(List.of("-jar", application().toString(), url, user, "secret"));
    command.addAll(databases);
    Child child = Child.run(command);
    assertEquals(0, child.exit(), child.err());
    assertEveryTenantReadItsOwnNoteOnOneSession(databases, child);
    List<String> lines = child.out().lines().toList();
    String bootLoader = "org.springframework.boot.loader.launch.LaunchedClassLoader";
    assertTrue(lines.contains("driver true " + bootLoader), child.out());
    assertTrue(lines.contains("wrong 0"), child.out());
    assertTrue(lines.contains("most sockets " + BUDGET), child.out());
    assertEquals(0, child.linesWith("WARN"), child.err());
    assertEquals(0, child.linesWith("ERROR"), child.err());
  }

  private static void assertEveryTenantReadItsOwnNoteOnOneSession(
      List<String> databases, Child child) {
    Set<String> sessions = new HashSet<>();
    for (String database : databases) {
      String beginning = database + " note of " + database + " ";
      List<String> read = child.out().lines().filter(line -> line.startsWith(beginning)).toList();
      assertEquals(2, read.size(), child.out());
      assertEquals(read.get(0), read.get(1), "two sessions for one tenant");
      sessions.add(read.get(0).substring(beginning.length()));
    }
    assertEquals(TENANTS, sessions.size(), "one session for two tenants");
  }

  private Path application() throws IOException {
    List<Path> libraries = new ArrayList<>();
    for (Class<?> type :
        List.of(
            org.postgresql.Driver.class,
            JdbcTemplate.class,
            DataAccessException.class,
            InitializingBean.class,
            NestedRuntimeException.class,
            LogFactory.class)) {
      libraries.add(Child.locationOf(type));
    }
    List<Class<?>> classes = List.of(Notes.class, CountingSocketFactory.class);
    return BootJar.pack(directory.resolve("application.jar"), classes, libraries);
  }
}
