package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void theDefaultsAreThoseOfTheReferencePage() {
    Settings settings = Settings.defaults();

    assertTrue(settings.enabled());
    assertEquals("[jdbc:postgresql:**]", settings.urls().toString());
    assertEquals(List.of(), settings.excludeUrls());
    assertEquals(100, settings.maxConnections());
    assertEquals(10, settings.reservedConnections());
    assertEquals(List.of(), settings.systemUrls());
    assertEquals(3, settings.maxConnectionsPerTenant());
    assertEquals(Duration.ofSeconds(30), settings.acquireTimeout());
    assertEquals(Duration.ofMinutes(5), settings.maxIdleTime());
    assertEquals(Duration.ofMinutes(10), settings.maxLifetime());
    assertEquals(ResetPolicy.ALWAYS, settings.reset());
    assertTrue(settings.hikariMbeans());
    assertTrue(settings.meters());
    assertEquals(LogLevel.INFO, settings.logLevel());
    assertEquals(LogFormat.TEXT, settings.logFormat());
    assertEquals(Optional.empty(), settings.logFile());
  }

  @Test
  void eachValueGoesWhereItBelongs() {
    Settings settings =
        Settings.of(
            "urls=jdbc:postgresql://a/**,exclude-urls=jdbc:postgresql://b/**,max-connections=41,"
                + "reserved-connections=7,system-urls=jdbc:postgresql://c/**,"
                + "max-connections-per-tenant=5,acquire-timeout=500ms,max-idle-time=2s,"
                + "max-lifetime=31s,reset=always,hikari-mbeans=false,meters=false,"
                + "log-level=debug,log-format=json,log-file=a.log");

    assertEquals("[jdbc:postgresql://a/**]", settings.urls().toString());
    assertEquals("[jdbc:postgresql://b/**]", settings.excludeUrls().toString());
    assertEquals(41, settings.maxConnections());
    assertEquals(7, settings.reservedConnections());
    assertEquals("[jdbc:postgresql://c/**]", settings.systemUrls().toString());
    assertEquals(5, settings.maxConnectionsPerTenant());
    assertEquals(Duration.ofMillis(500), settings.acquireTimeout());
    assertEquals(Duration.ofSeconds(2), settings.maxIdleTime());
    assertEquals(Duration.ofSeconds(31), settings.maxLifetime());
    assertEquals(ResetPolicy.ALWAYS, settings.reset());
    assertFalse(settings.hikariMbeans());
    assertFalse(settings.meters());
    assertEquals(LogLevel.DEBUG, settings.logLevel());
    assertEquals(LogFormat.JSON, settings.logFormat());
    assertEquals("a.log", settings.logFile().orElseThrow().toString());
  }

  @Test
  void everySettingIsShownWithItsSource() {
    List<Setting> effective = Settings.of("max-connections=41").effective();

    assertEquals(SettingKey.values().length, effective.size());
    assertEquals(
        "tenantpool.max-connections = 41 (agent argument)",
        effective.get(SettingKey.MAX_CONNECTIONS.ordinal()).toString());
    assertEquals(
        "tenantpool.log-file = none (default)",
        effective.get(SettingKey.LOG_FILE.ordinal()).toString());
  }

  @Test
  void theTextOfTheSettingsHoldsNoPassword() {
    String text = Settings.of("urls=jdbc:postgresql://db/**?password=hunter2").toString();

    assertTrue(text.contains("jdbc:postgresql://db/**?password=***"), text);
    assertFalse(text.contains("hunter2"), text);
  }

  @Test
  void valuesThatWereGivenHaveNoSource() {
    Settings loaded = Settings.defaults();

    Settings given =
        new Settings(
            true,
            loaded.urls(),
            List.of(),
            1,
            0,
            List.of(),
            1,
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            Duration.ofMillis(3),
            ResetPolicy.ALWAYS,
            false,
            false,
            LogLevel.OFF,
            LogFormat.TEXT,
            Optional.empty());

    assertEquals(List.of(), given.effective());
    assertEquals("Settings[]", given.toString());
  }
}
