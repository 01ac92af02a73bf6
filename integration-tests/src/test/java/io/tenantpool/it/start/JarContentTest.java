package io.tenantpool.it.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class JarContentTest {

  @Test
  void atTheRootIsOnlyWhatTheBootLoaderShallSee() throws IOException {
    List<String> outside =
        entries().stream()
            .filter(name -> !name.startsWith("isolated/"))
            .filter(name -> !name.startsWith("io/tenantpool/bootstrap/"))
            .toList();
    assertEquals(List.of("META-INF/LICENSE", "META-INF/MANIFEST.MF", "META-INF/NOTICE"), outside);
  }

  @Test
  void theIsolatedPartHoldsTheAgentAndItsLibrariesAndNoClassFileByThatName() throws IOException {
    List<String> isolated =
        entries().stream().filter(name -> name.startsWith("isolated/")).toList();
    assertEquals(List.of(), isolated.stream().filter(name -> name.endsWith(".class")).toList());
    assertEquals(List.of(), isolated.stream().filter(name -> name.endsWith(".jar")).toList());
    assertEquals(
        List.of(), isolated.stream().filter(name -> name.contains("module-info")).toList());
    for (String expected :
        List.of(
            "io/tenantpool/start/AgentStarter",
            "net/bytebuddy/jar/asm/ClassReader",
            "com/zaxxer/hikari/HikariPoolMXBean",
            "io/micrometer/core/instrument/MeterRegistry",
            "picocli/CommandLine",
            "ch/qos/logback/core/rolling/RollingFileAppender",
            "io/micrometer/prometheusmetrics/PrometheusMeterRegistry",
            "io/prometheus/metrics/expositionformats/ExpositionFormats",
            "org/slf4j/Logger")) {
      assertTrue(isolated.contains("isolated/" + expected + ".classdata"), expected);
    }
    assertFalse(
        isolated.stream().anyMatch(name -> name.startsWith("isolated/io/tenantpool/bootstrap/")));
    assertTrue(isolated.contains("isolated/META-INF/services/org.slf4j.spi.SLF4JServiceProvider"));
  }

  @Test
  void aLoaderOfTheApplicationSeesNothingOfTheAgentButTheDoor() throws Exception {
    URL jar = Child.agentJar().toUri().toURL();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader())) {
      loader.loadClass("io.tenantpool.bootstrap.DriverCalls");
      for (String hidden :
          List.of(
              "io.tenantpool.start.AgentStarter",
              "net.bytebuddy.ByteBuddy",
              "com.zaxxer.hikari.HikariDataSource",
              "picocli.CommandLine",
              "ch.qos.logback.core.rolling.RollingFileAppender",
              "io.tenantpool.cli.Tool",
              "io.prometheus.metrics.model.registry.PrometheusRegistry",
              "org.slf4j.LoggerFactory")) {
        assertThrows(ClassNotFoundException.class, () -> loader.loadClass(hidden));
      }
      assertEquals(
          null, loader.getResource("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"));
    }
  }

  @Test
  void theManifestStartsTheAgentOnEveryWay() throws IOException {
    try (JarFile jar = new JarFile(Child.agentJar().toFile())) {
      Attributes main = jar.getManifest().getMainAttributes();
      assertEquals("io.tenantpool.bootstrap.AgentMain", main.getValue("Premain-Class"));
      assertEquals("io.tenantpool.bootstrap.AgentMain", main.getValue("Agent-Class"));
      assertEquals("true", main.getValue("Can-Retransform-Classes"));
      assertEquals("tenant-pool-agent.jar", main.getValue("Boot-Class-Path"));
      assertFalse(main.getValue("Implementation-Version").isEmpty());
    }
  }

  @Test
  void everyEntryHasTheFixedTimeOfTheBuild() throws IOException {
    Instant expected = Instant.parse(System.getProperty("test.agent.timestamp"));
    try (JarFile jar = new JarFile(Child.agentJar().toFile())) {
      assertEquals(
          Set.of(LocalDateTime.ofInstant(expected, ZoneOffset.UTC)),
          jar.stream().map(ZipEntry::getTimeLocal).collect(Collectors.toSet()));
    }
  }

  /** The manifest comes first, for tools that read the jar as a stream; then by name. */
  @Test
  void theEntriesAreInOneOrderWhateverTheFileSystemSays() throws IOException {
    List<String> files = storedNames().stream().filter(name -> !name.endsWith("/")).toList();
    assertEquals("META-INF/MANIFEST.MF", files.get(0));
    List<String> others = files.subList(1, files.size());
    assertEquals(others.stream().sorted().toList(), others);
  }

  @Test
  void noEntryIsThereTwice() throws IOException {
    List<String> names = storedNames();
    assertEquals(names.size(), Set.copyOf(names).size());
  }

  @Test
  void nothingTellsWhoBuiltItWhereOrWithWhat() throws IOException {
    try (JarFile jar = new JarFile(Child.agentJar().toFile())) {
      Manifest manifest = jar.getManifest();
      assertEquals(Map.of(), manifest.getEntries());
      assertEquals(
          Set.of(
              "Manifest-Version",
              "Premain-Class",
              "Agent-Class",
              "Main-Class",
              "Boot-Class-Path",
              "Can-Redefine-Classes",
              "Can-Retransform-Classes",
              "Implementation-Title",
              "Implementation-Version"),
          manifest.getMainAttributes().keySet().stream()
              .map(Object::toString)
              .collect(Collectors.toSet()));
      List<String> paths =
          List.of(
              Path.of("").toAbsolutePath().getParent() + "/",
              System.getProperty("user.home") + "/");
      for (JarEntry entry : jar.stream().toList()) {
        // One character per byte, so that a path is found inside class files too.
        String content =
            new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
        for (String path : paths) {
          assertFalse(content.contains(path), () -> entry.getName() + " holds " + path);
        }
      }
    }
  }

  /** In the order of the file, directories and duplicates included. */
  private static List<String> storedNames() throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(Child.agentJar()))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(Child.agentJar().toFile())) {
      return jar.stream()
          .filter(entry -> !entry.isDirectory())
          .map(ZipEntry::getName)
          .sorted()
          .toList();
    }
  }
}
