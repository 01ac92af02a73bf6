package io.tenantpool.it.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WaysToStartTest {

  private static final String AGENT = "-javaagent:" + Child.agentJar();

  @TempDir private Path directory;

  static List<Path> javas() throws IOException {
    return Child.javas();
  }

  @ParameterizedTest
  @MethodSource("javas")
  void attachedToARunningJvmItTransformsTheDriverThatIsLoaded(Path java) throws Exception {
    Child child = attach(java, "max-connections=5");
    assertEquals(List.of("plain 08001", "pooled 08001"), child.out().lines().toList(), child.err());
  }

  @Test
  void attachedTwiceTheSecondIsIgnoredInOneLine() throws Exception {
    Child child = attach(Child.java(), "max-connections=5", "max-connections=5");
    assertEquals(
        List.of("plain 08001", "pooled 08001", "pooled 08001"), child.out().lines().toList());
    assertEquals(1, child.linesWith("is already running in this JVM"), child.err());
  }

  @Test
  void attachedWithWrongSettingsTheRunningJvmGoesOnWithoutTheAgent() throws Exception {
    Child child = attach(Child.java(), "max-conections=5", "max-connections=5");
    assertEquals(0, child.exit());
    assertEquals(
        List.of("plain 08001", "plain 08001", "pooled 08001"), child.out().lines().toList());
    assertEquals(1, child.linesWith("max-conections"), child.err());
  }

  @ParameterizedTest
  @MethodSource("javas")
  void theDriverInsideANestedLoaderIsInstrumented(Path java) throws Exception {
    Child child =
        Child.run(
            List.of(
                java.toString(),
                AGENT,
                "-cp",
                Child.locationOf(NestedLauncher.class).toString(),
                NestedLauncher.class.getName(),
                Child.classPath(),
                Probe.class.getName()));
    assertEquals("pooled 08001", child.out().strip(), child.err());
  }

  @ParameterizedTest
  @MethodSource("javas")
  void aSecondAgentBeforeOrAfterDoesNotMatter(Path java) throws Exception {
    String other = "-javaagent:" + otherAgent();
    for (Child child : List.of(Child.probe(java, other, AGENT), Child.probe(java, AGENT, other))) {
      List<String> lines = child.out().lines().toList();
      assertEquals("pooled 08001", lines.get(lines.size() - 1), child.err());
      assertTrue(lines.contains("other agent saw the driver"), child.out());
    }
  }

  @ParameterizedTest
  @MethodSource("javas")
  void aCoverageAgentBeforeOrAfterDoesNotMatterAndStillCounts(Path java) throws Exception {
    List<Path> counted = List.of(directory.resolve("before.exec"), directory.resolve("after.exec"));
    List<Child> children =
        List.of(
            Child.probe(java, coverageAgent(counted.get(0)), AGENT),
            Child.probe(java, AGENT, coverageAgent(counted.get(1))));
    for (int i = 0; i < children.size(); i++) {
      assertEquals("pooled 08001", children.get(i).out().strip(), children.get(i).err());
      assertEquals(0, children.get(i).linesWith("\tat "), children.get(i).err());
      String classes = Files.readString(counted.get(i), StandardCharsets.ISO_8859_1);
      assertTrue(classes.contains("org/postgresql/Driver"), "the driver was not counted");
    }
  }

  private static String coverageAgent(Path target) {
    Path jar = Child.locationOf(org.jacoco.agent.rt.RT.class);
    return "-javaagent:" + jar + "=output=file,destfile=" + target;
  }

  @ParameterizedTest
  @MethodSource("javas")
  void applicationAndDriverAsNamedModulesAreInstrumented(Path java) throws Exception {
    Path source = Files.createDirectories(directory.resolve("source"));
    Path module = Files.writeString(source.resolve("module-info.java"), MODULE);
    Path main = Files.writeString(source.resolve("Main.java"), MAIN);
    Path classes = directory.resolve("classes");
    String driver = Child.locationOf(org.postgresql.Driver.class).toString();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                System.out,
                System.err,
                "--release",
                "17",
                "-p",
                driver,
                "-d",
                classes.toString(),
                module.toString(),
                main.toString());
    assertEquals(0, compiled);
    String modulePath = classes + File.pathSeparator + driver;
    Child child =
        Child.run(List.of(java.toString(), AGENT, "-p", modulePath, "-m", "app/app.Main"));
    assertEquals("true pooled", child.out().strip(), child.err());
  }

  private static final String MODULE =
      "module app { requires java.sql; requires org.postgresql.jdbc; }";

  private static final String MAIN =
      """
      package app;

      public class Main {
        public static void main(String[] arguments) throws Exception {
          try {
            new org.postgresql.Driver()
                .connect("jdbc:postgresql://localhost:1/acme?user=a", new java.util.Properties());
          } catch (java.sql.SQLException refused) {
            boolean pooled =
                java.util.Arrays.stream(refused.getStackTrace())
                    .anyMatch(f -> f.getClassName().startsWith("io.tenantpool.interception."));
            System.out.println(
                org.postgresql.Driver.class.getModule().isNamed()
                    + (pooled ? " pooled" : " plain"));
          }
        }
      }
      """;

  private static Child attach(Path java, String... agentArguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                java.toString(),
                "-Djdk.attach.allowAttachSelf=true",
                "-cp",
                Child.classPath(),
                Attached.class.getName(),
                Child.agentJar().toString()));
    command.addAll(List.of(agentArguments));
    return Child.run(command);
  }

  private Path otherAgent() throws IOException {
    Path target = directory.resolve("other.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", OtherAgent.class.getName());
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    try (OutputStream file = Files.newOutputStream(target);
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      for (String name : List.of("OtherAgent.class", "OtherAgent$1.class")) {
        jar.putNextEntry(new JarEntry("io/tenantpool/it/start/" + name));
        try (var in = Objects.requireNonNull(OtherAgent.class.getResourceAsStream(name))) {
          in.transferTo(jar);
        }
      }
    }
    return target;
  }
}
