package io.tenantpool.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenantpool.it.support.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that the tool cannot look into: one line each, and they live on. */
final class RefusedProcessTest {

  @Test
  void aProcessThatIsNoJvmIsLeftAlone() throws IOException {
    assumeTrue(File.separatorChar == '/', "needs a Unix");
    Process sleep = new ProcessBuilder("sleep", "120").start();
    try {
      String pid = Long.toString(sleep.pid());
      Tool.run("status", pid).refused(4, "process " + pid + " is not a JVM");
      Tool.run("attach", pid).refused(4, "process " + pid + " is not a JVM");
      assertTrue(sleep.isAlive());
    } finally {
      sleep.destroyForcibly();
    }
  }

  @Test
  void aProcessThatHasEndedIsNotThere() throws SQLException {
    String pid;
    try (Application application = Application.start(Application.plain())) {
      pid = application.pid();
    }
    Tool.run("status", pid).refused(4, "there is no process with the id " + pid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "attach"})
  void aJvmWithoutTheAttachMechanismIsNamed(String command) throws SQLException {
    try (Application application =
        Application.start(Application.plain().jvm("-XX:+DisableAttachMechanism"))) {
      Tool.run(command, application.pid()).refused(6, "-XX:+DisableAttachMechanism");
    }
  }

  @Test
  void aJvmThatTakesNoAgentWhileItRunsIsNamed() throws SQLException {
    try (Application application =
        Application.start(Application.plain().jvm("-XX:-EnableDynamicAgentLoading"))) {
      Tool.run("attach", application.pid()).refused(6, "-XX:-EnableDynamicAgentLoading");
    }
  }

  @Test
  void anotherUsersJvmIsRefusedByItsName() throws SQLException, IOException {
    Path setpriv = Path.of("/usr/bin/setpriv");
    assumeTrue(Files.isExecutable(setpriv), "needs setpriv");
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to become another");
    Path directory = Files.createTempDirectory("tool");
    Path jar = Files.copy(ChildJvm.agentJar(), directory.resolve("tenant-pool-agent.jar"));
    assumeTrue(
        directory.toFile().setExecutable(true, false)
            && directory.toFile().setReadable(true, false)
            && jar.toFile().setReadable(true, false),
        "the jar must be readable for everybody");
    try (Application application = Application.start(Application.withAgent())) {
      List<String> command =
          new ArrayList<>(
              List.of(setpriv.toString(), "--reuid=65534", "--regid=65534", "--clear-groups"));
      command.add(ChildJvm.javaHome().resolve("bin").resolve("java").toString());
      command.addAll(List.of("-jar", jar.toString(), "status", application.pid()));
      Tool.run(command).refused(5, "belongs to the user root");
    } finally {
      Files.delete(jar);
      Files.delete(directory);
    }
  }

  @Test
  void aJreSaysThatItIsNoJdk() {
    List<String> jre = List.of("--limit-modules", "java.se");
    Tool.run(Tool.command(jre, "list")).refused(3, "is a JRE without the module jdk.attach");
    assertEquals(0, Tool.run(Tool.command(jre, "--help")).exit());
  }
}
