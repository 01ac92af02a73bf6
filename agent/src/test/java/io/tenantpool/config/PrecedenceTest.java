package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PrecedenceTest {

  @Test
  void withoutAnySourceTheDefaultHolds() {
    Settings settings = Sources.none().load();

    assertEquals(100, settings.maxConnections());
    assertEquals(SettingSource.DEFAULT, sourceOfMaxConnections(settings));
  }

  @Test
  void theFileWinsOverTheDefault() {
    Settings settings = Sources.none().file("tenantpool.max-connections=11").load();

    assertEquals(11, settings.maxConnections());
    assertEquals(SettingSource.FILE, sourceOfMaxConnections(settings));
  }

  @Test
  void theEnvironmentWinsOverTheFile() {
    Settings settings =
        Sources.none()
            .file("tenantpool.max-connections=11")
            .environment("TENANTPOOL_MAX_CONNECTIONS", "12")
            .load();

    assertEquals(12, settings.maxConnections());
    assertEquals(SettingSource.ENVIRONMENT, sourceOfMaxConnections(settings));
  }

  @Test
  void anAgentArgumentWinsOverTheEnvironment() {
    Settings settings =
        Sources.none()
            .environment("TENANTPOOL_MAX_CONNECTIONS", "12")
            .arguments("max-connections=13")
            .load();

    assertEquals(13, settings.maxConnections());
    assertEquals(SettingSource.AGENT_ARGUMENT, sourceOfMaxConnections(settings));
  }

  @Test
  void aSystemPropertyWinsOverAnAgentArgument() {
    Settings settings =
        Sources.none()
            .arguments("max-connections=13")
            .property("tenantpool.max-connections", "14")
            .load();

    assertEquals(14, settings.maxConnections());
    assertEquals(SettingSource.SYSTEM_PROPERTY, sourceOfMaxConnections(settings));
  }

  @Test
  void aValueThatIsOverriddenNeedNotMakeSense() {
    Settings settings =
        Sources.none()
            .environment("TENANTPOOL_MAX_CONNECTIONS", "many")
            .arguments("max-connections=13")
            .load();

    assertEquals(13, settings.maxConnections());
  }

  @Test
  void everySettingCanComeFromEverySource() {
    for (SettingKey key : SettingKey.values()) {
      String value = key.defaultText();
      assertSource(
          SettingSource.SYSTEM_PROPERTY, key, Sources.none().property(key.property(), value));
      assertSource(
          SettingSource.AGENT_ARGUMENT,
          key,
          Sources.none().arguments(key.argument() + "=" + value));
      assertSource(
          SettingSource.ENVIRONMENT, key, Sources.none().environment(key.environment(), value));
      if (key != SettingKey.CONFIG) {
        assertSource(SettingSource.FILE, key, Sources.none().file(key.property() + "=" + value));
      }
    }
  }

  @Test
  void theConfigFileIsNamedByASystemPropertyAnArgumentOrTheEnvironment() {
    Path path = Path.of("conf", "pool.properties");
    String text = "tenantpool.max-connections=21";

    assertEquals(
        21,
        Sources.none()
            .property("tenantpool.config", path.toString())
            .fileNamed(path, text)
            .load()
            .maxConnections());
    assertEquals(
        21,
        Sources.none().arguments("config=" + path).fileNamed(path, text).load().maxConnections());
    assertEquals(
        21,
        Sources.none()
            .environment("TENANTPOOL_CONFIG", path.toString())
            .fileNamed(path, text)
            .load()
            .maxConnections());
  }

  @Test
  void noFileIsReadUnlessOneIsNamed() {
    ConfigFileReader refusing =
        path -> {
          throw new AssertionError("read " + path);
        };

    Sources named = Sources.none().file(refusing);
    assertThrows(AssertionError.class, named::load);
    assertEquals(100, named.property("tenantpool.config", "none").load().maxConnections());
  }

  @Test
  void theSettingsOfThisJvmComeFromItsSystemProperties() {
    Properties before = (Properties) System.getProperties().clone();
    try {
      System.setProperty("tenantpool.max-connections", "31");
      assertEquals(31, SettingsLoader.load("max-connections=30").maxConnections());
    } finally {
      System.setProperties(before);
    }
    assertTrue(SettingsLoader.load((String) null).enabled());
  }

  private static void assertSource(SettingSource expected, SettingKey key, Sources sources) {
    assertEquals(expected, sources.load().effective().get(key.ordinal()).source(), key.property());
  }

  private static SettingSource sourceOfMaxConnections(Settings settings) {
    return settings.effective().get(SettingKey.MAX_CONNECTIONS.ordinal()).source();
  }
}
