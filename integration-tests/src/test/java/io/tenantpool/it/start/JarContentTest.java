package io.tenantpool.it.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
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
  void everyEntryHasTheSameFixedTime() throws IOException {
    try (JarFile jar = new JarFile(Child.agentJar().toFile())) {
      assertEquals(1, jar.stream().map(ZipEntry::getTimeLocal).distinct().count());
    }
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
