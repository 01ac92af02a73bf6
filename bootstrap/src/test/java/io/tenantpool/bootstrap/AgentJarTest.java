package io.tenantpool.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentJarTest {

  @TempDir private File directory;

  @Test
  void aJarOfAnotherVersionIsNamedInOneLine() throws IOException {
    File older = jar("tenant-pool-agent.jar", "0.1");
    File newer = jar("x.jar", "0.2");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(said, true));
    try {
      assertEquals(older, AgentJar.choose(List.of(older, newer), "0.1"));
    } finally {
      System.setErr(before);
    }
    assertEquals(1, said.toString().lines().count());
    assertTrue(said.toString().contains(newer + " is version 0.2, but version 0.1"));
  }

  @Test
  void aJarOfNoKnownVersionIsNotTakenForTheAgent() throws IOException {
    File other = jar("x.jar", "0.2");
    assertThrows(IOException.class, () -> AgentJar.choose(List.of(other), "0.1"));
  }

  private File jar(String name, String version) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    File file = new File(directory, name);
    new JarOutputStream(new FileOutputStream(file), manifest).close();
    return file;
  }
}
