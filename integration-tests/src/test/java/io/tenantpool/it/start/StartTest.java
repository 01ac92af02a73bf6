package io.tenantpool.it.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StartTest {

  private static final String AGENT = "-javaagent:" + Child.agentJar();

  @TempDir private Path directory;

  static List<Path> javas() throws IOException {
    return Child.javas();
  }

  @ParameterizedTest
  @MethodSource("javas")
  void aProgramWithoutJdbcRunsAndNothingIsSaid(Path java) throws Exception {
    Child child =
        Child.run(List.of(java.toString(), AGENT, "-cp", Child.classPath(), Hello.class.getName()));
    assertEquals(new Child(0, "hello\n", ""), child.withUnixLines());
  }

  @ParameterizedTest
  @MethodSource("javas")
  void theDriverOfTheApplicationIsInstrumented(Path java) throws Exception {
    assertEquals("plain 08001", Child.probe(java).out().strip());
    Child child = Child.probe(java, AGENT);
    assertEquals("pooled 08001", child.out().strip(), child.err());
    assertFalse(child.err().contains("WARNING"), child.err());
    assertFalse(child.err().contains("warning"), child.err());
  }

  @Test
  void anExcludedUrlIsLeftToTheDriver() throws Exception {
    Child child = Child.probe(AGENT, "-Dtenantpool.exclude-urls=jdbc:postgresql://localhost:1/**");
    assertEquals("plain 08001", child.out().strip(), child.err());
  }

  @Test
  void aDisabledAgentDoesNothing() throws Exception {
    Child child = Child.probe(AGENT + "=enabled=false");
    assertEquals(new Child(0, "plain 08001\n", ""), child.withUnixLines());
  }

  @ParameterizedTest
  @MethodSource("javas")
  void wrongSettingsStopTheJvmBeforeMainWithOneMessageForAllOfThem(Path java) throws Exception {
    Child child = Child.probe(java, AGENT, "-Dtenantpool.max-conections=5", "-Dtenantpool.urls=");
    assertNotEquals(0, child.exit());
    assertEquals("", child.out());
    assertTrue(child.err().contains("max-conections"), child.err());
    assertTrue(child.err().contains("max-connections"), child.err());
    assertFalse(child.err().contains("\tat "), child.err());
  }

  @Test
  void aSecondAgentOnTheCommandLineIsIgnoredInOneLine() throws Exception {
    Child child = Child.probe(AGENT, AGENT);
    assertEquals("pooled 08001", child.out().strip(), child.err());
    assertEquals(1, child.linesWith("is already running in this JVM"), child.err());
  }

  @Test
  void theAgentOnTheClassPathBesidesIsHarmless() throws Exception {
    Child child =
        Child.run(
            List.of(
                Child.java().toString(),
                AGENT,
                "-cp",
                Child.agentJar() + java.io.File.pathSeparator + Child.classPath(),
                Probe.class.getName()));
    assertEquals("pooled 08001", child.out().strip(), child.err());
  }

  @ParameterizedTest
  @MethodSource("javas")
  void aRenamedJarWorksToo(Path java) throws Exception {
    Path renamed = Files.copy(Child.agentJar(), directory.resolve("x.jar"));
    Child child = Child.probe(java, "-javaagent:" + renamed);
    assertEquals("pooled 08001", child.out().strip(), child.err());
    assertEquals(0, child.linesWith("tenant-pool-agent:"), child.err());
  }

  @ParameterizedTest
  @MethodSource("javas")
  void anOlderJarBesideARenamedOneIsNamedInOneLine(Path java) throws Exception {
    Files.copy(Child.agentJar(), directory.resolve("tenant-pool-agent.jar"));
    Path newer = copyWithVersion(directory.resolve("x.jar"), "99.0");
    Child child = Child.probe(java, "-javaagent:" + newer);
    assertEquals("pooled 08001", child.out().strip(), child.err());
    assertEquals(1, child.linesWith("x.jar is version 99.0, but version"), child.err());
  }

  @Test
  void aJarFromAnotherDirectoryGivenRelativelyIsFound() throws Exception {
    Files.copy(
        Child.agentJar(),
        directory.resolve("tenant-pool-agent.jar"),
        StandardCopyOption.REPLACE_EXISTING);
    Path relative = Path.of("").toAbsolutePath().relativize(directory);
    Child child = Child.probe("-javaagent:" + relative.resolve("tenant-pool-agent.jar"));
    assertEquals("pooled 08001", child.out().strip(), child.err());
  }

  @Test
  void theJarSaysWhatItIsWhenItIsRun() throws Exception {
    Child child = Child.run(List.of(Child.java().toString(), "-jar", Child.agentJar().toString()));
    assertEquals(0, child.exit());
    assertTrue(child.out().startsWith("Tenant Pool Agent "), child.out());
    assertTrue(child.out().contains("-javaagent:tenant-pool-agent.jar"), child.out());
  }

  @Test
  void aFaultInTheStartLeavesTheApplicationWithoutTheAgentAndSaysSoInOneLine() throws Exception {
    Path broken = copyWithout(directory.resolve("tenant-pool-agent.jar"), "isolated/");
    Child child = Child.probe("-javaagent:" + broken);
    assertEquals("plain 08001", child.out().strip(), child.err());
    assertEquals(1, child.err().lines().count(), child.err());
    assertEquals(1, child.linesWith("could not start, the application runs without it"));
  }

  private static Path copyWithVersion(Path target, String version) throws IOException {
    return copy(target, version, "nothing is left out");
  }

  private static Path copyWithout(Path target, String prefix) throws IOException {
    return copy(target, "99.0", prefix);
  }

  private static Path copy(Path target, String version, String leftOut) throws IOException {
    try (JarFile source = new JarFile(Child.agentJar().toFile())) {
      Manifest manifest = new Manifest(source.getManifest());
      manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
      try (OutputStream file = Files.newOutputStream(target);
          JarOutputStream jar = new JarOutputStream(file, manifest)) {
        for (JarEntry entry : source.stream().toList()) {
          if (!entry.isDirectory()
              && !entry.getName().equals(JarFile.MANIFEST_NAME)
              && !entry.getName().startsWith(leftOut)) {
            jar.putNextEntry(new JarEntry(entry.getName()));
            source.getInputStream(entry).transferTo(jar);
          }
        }
      }
    }
    return target;
  }
}
