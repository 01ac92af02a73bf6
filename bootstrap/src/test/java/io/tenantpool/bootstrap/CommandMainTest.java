package io.tenantpool.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandMainTest {

  @ParameterizedTest
  @ValueSource(strings = {"1.8", "11", "16"})
  void anOldJavaIsToldItsVersionInOneLine(String version) {
    assertEquals(
        "tenant-pool-agent: needs a JDK 17 or newer, this java is Java " + version,
        CommandMain.tooOld(version));
  }

  @Test
  void aJavaThatIsNewEnoughIsNotRefused() {
    assertNull(CommandMain.tooOld("17"));
  }
}
