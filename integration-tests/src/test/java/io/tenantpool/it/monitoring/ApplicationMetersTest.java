package io.tenantpool.it.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.metered.MeteredApplication;
import com.sun.tools.attach.VirtualMachine;
import io.micrometer.core.instrument.Metrics;
import io.tenantpool.it.frameworks.Jars;
import io.tenantpool.it.memory.Container;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The agent's meters in the registry of an application that knows nothing of them. The children run
 * at the same time, for each waits a while.
 */
final class ApplicationMetersTest {

  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static final String SEVEN = "max-connections=7";
  private static final List<RunningJvm> CHILDREN = new ArrayList<>();
  private static List<String> tenants = List.of();
  private static RunningJvm newest;
  private static RunningJvm oldest;
  private static RunningJvm attached;
  private static RunningJvm container;

  @BeforeAll
  static void startTheChildren() throws SQLException, IOException {
    tenants = POSTGRES.createDatabases("metered", 3);
    String user = POSTGRES.createUser("metered", "secret");
    List<String> access = new ArrayList<>(List.of(POSTGRES.url("%s"), user, "secret"));
    access.addAll(tenants);
    newest = start(application("before", access).agent(SEVEN).classPath(paths(newestMicrometer())));
    oldest = start(application("after", access).agent(SEVEN).classPath(paths(oldestMicrometer())));
    attached = start(application("told", access).classPath(paths(newestMicrometer())));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                Stream.concat(
                        Stream.of(ChildJvm.pathOf(MeteredApplication.class), ChildJvm.driverJar()),
                        newestMicrometer().stream())
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator)),
                "60"));
    arguments.addAll(access);
    container =
        start(
            ChildJvm.of(Container.class, arguments.toArray(String[]::new))
                .agent(true)
                .setting("max-idle-time", "1s")
                .jvm("-Dcontainer.application=" + MeteredApplication.class.getName())
                .onlyClassPath(ChildJvm.pathOf(Container.class)));
  }

  @AfterAll
  static void endThem() {
    CHILDREN.forEach(RunningJvm::close);
  }

  private static ChildJvm application(String when, List<String> access) {
    List<String> arguments = new ArrayList<>(List.of(when));
    arguments.addAll(access);
    return ChildJvm.of(MeteredApplication.class, arguments.toArray(String[]::new));
  }

  private static Path[] paths(List<Path> paths) {
    return paths.toArray(Path[]::new);
  }

  private static RunningJvm start(ChildJvm child) {
    RunningJvm running = child.start();
    CHILDREN.add(running);
    return running;
  }

  private static List<Path> newestMicrometer() {
    assertTrue(ChildJvm.pathOf(Metrics.class).getFileName().toString().contains("-1."));
    return Jars.named("micrometer-core-", "micrometer-commons-", "HdrHistogram-");
  }

  /** The build fetches it. */
  private static List<Path> oldestMicrometer() throws IOException {
    Path libraries = Path.of(System.getProperty("test.pool.libraries", "target/pool-libraries"));
    List<Path> path = new ArrayList<>(Jars.named("HdrHistogram-"));
    try (Stream<Path> files = Files.list(libraries.resolve("micrometer-1.9"))) {
      files.map(Path::toAbsolutePath).forEach(path::add);
    }
    return path;
  }

  private static void showsAllTenants(RunningJvm child) {
    ChildJvm.Outcome outcome = child.awaitExit().succeeded();
    Set<String> expected = new TreeSet<>(tenants);
    assertTrue(outcome.out().contains("tenants " + expected), outcome::outText);
    String server = POSTGRES.host() + ":" + POSTGRES.port();
    assertEquals(
        1,
        outcome.out().stream()
            .filter(line -> line.startsWith("budget " + server) && line.contains("7.0"))
            .count(),
        outcome::outText);
    assertEquals(
        "", outcome.errText().lines().filter(l -> l.contains("problem")).findAny().orElse(""));
  }

  @Test
  void aRegistryThatWasThereBeforeTheFirstConnectionHasThem() {
    showsAllTenants(newest);
  }

  @Test
  void theOldestMicrometerHasThemInARegistryThatCameAfterTheFirstConnection() {
    showsAllTenants(oldest);
  }

  @Test
  void aMicrometerThatWasLoadedBeforeTheAgentHasThem() throws Exception {
    attached.awaitLine("ready");
    VirtualMachine machine = VirtualMachine.attach(Long.toString(attached.pid()));
    try {
      machine.loadAgent(ChildJvm.agentJar().toString(), SEVEN);
    } finally {
      machine.detach();
    }
    attached.send("");
    showsAllTenants(attached);
  }

  @Test
  void theLoaderOfAnUndeployedApplicationWithMetersIsCollected() {
    assertEquals("true", container.awaitLine("pooled "));
    String outcome = container.awaitLine("collected ");
    assertTrue(outcome.startsWith("true "), outcome);
  }
}
