package io.tenantpool.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsThereTest {

  @TempDir private Path directory;

  @Test
  void optionsMustFitWhatTheJvmWasStartedWith() {
    Properties properties = new Properties();
    properties.setProperty("tenantpool.reserved-connections", "20");
    SettingsThere there = new SettingsThere(properties, Map.of());
    assertThrows(InvalidSettingsException.class, () -> there.check("max-connections=10"));
    assertDoesNotThrow(() -> there.check("max-connections=30"));
    SettingsThere small = new SettingsThere(properties, Map.of("TENANTPOOL_MAX_CONNECTIONS", "10"));
    assertThrows(InvalidSettingsException.class, () -> small.check(""));
    SettingsThere large = new SettingsThere(properties, Map.of("TENANTPOOL_MAX_CONNECTIONS", "30"));
    assertDoesNotThrow(() -> large.check(""));
  }

  @Test
  void aConfigFileIsLookedForWhereTheJvmWorks() throws IOException {
    Files.writeString(directory.resolve("pool.properties"), "tenantpool.max-connections=1\n");
    Properties properties = new Properties();
    properties.setProperty("user.dir", directory.toString());
    SettingsThere there = new SettingsThere(properties, Map.of());
    InvalidSettingsException wrong =
        assertThrows(InvalidSettingsException.class, () -> there.check("config=pool.properties"));
    assertTrue(wrong.getMessage().contains("tenantpool.max-connections"), wrong.getMessage());
  }
}
