package io.tenantpool.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentMainTest {

  private static final int JAVA_8 = 52;

  @ParameterizedTest
  @ValueSource(strings = {"1.8", "9", "11", "16"})
  void anOldJvmIsToldItsVersionInOneLine(String version) {
    String line = AgentMain.tooOld(version);
    assertNotNull(line);
    assertTrue(line.contains("Java 17 or newer") && line.contains("Java " + version), line);
    assertEquals(1, line.lines().count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "21", "25", "99"})
  void aJvmFromJava17OnIsNotRefused(String version) {
    assertNull(AgentMain.tooOld(version));
  }

  @ParameterizedTest
  @ValueSource(classes = {AgentMain.class, CommandMain.class})
  void whatTheJvmMeetsFirstIsClassFilesOfJava8(Class<?> type) throws IOException {
    assertEquals(JAVA_8, classFileVersion(type));
  }

  @Test
  void theRestIsClassFilesOfJava17() throws IOException {
    assertEquals(61, classFileVersion(AgentLauncher.class));
  }

  private static int classFileVersion(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class");
        DataInputStream data = new DataInputStream(in)) {
      data.readInt();
      data.readUnsignedShort();
      return data.readUnsignedShort();
    }
  }
}
