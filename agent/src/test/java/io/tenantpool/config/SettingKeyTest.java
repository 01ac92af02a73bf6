package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingKeyTest {

  @Test
  void oneNameLeadsToTheOthers() {
    assertEquals("tenantpool.max-connections", SettingKey.MAX_CONNECTIONS.property());
    assertEquals("TENANTPOOL_MAX_CONNECTIONS", SettingKey.MAX_CONNECTIONS.environment());
    assertEquals("max-connections", SettingKey.MAX_CONNECTIONS.argument());
  }

  @Test
  void aNameMayHaveADot() {
    assertEquals("tenantpool.metrics.tenant-tags", SettingKey.METRICS_TENANT_TAGS.property());
    assertEquals("TENANTPOOL_METRICS_TENANT_TAGS", SettingKey.METRICS_TENANT_TAGS.environment());
  }

  @ParameterizedTest
  @EnumSource
  void theDefaultIsAValueThatTheSettingTakes(SettingKey key) {
    assertTrue(key.type().parse(key.defaultText()) != null);
  }

  @ParameterizedTest
  @EnumSource
  void theHelpIsOneSentenceOrTwo(SettingKey key) {
    assertTrue(key.help().matches("[^.].{30,}\\."), key.help());
    assertTrue(key.help().split("\\. ").length <= 3, key.help());
  }

  @Test
  void noTwoSettingsShareAName() {
    Set<String> names = new HashSet<>();
    for (SettingKey key : SettingKey.values()) {
      assertTrue(names.add(key.property()), key.property());
    }
  }

  @Test
  void aSourceKnowsItsOwnNamesOnly() {
    assertEquals(SettingKey.URLS, SettingSource.ENVIRONMENT.find("TENANTPOOL_URLS"));
    assertEquals(SettingKey.URLS, SettingSource.FILE.find("tenantpool.urls"));
    assertEquals(null, SettingSource.ENVIRONMENT.find("tenantpool.urls"));
    assertEquals(null, SettingSource.AGENT_ARGUMENT.find("tenantpool.urls"));
  }

  @ParameterizedTest
  @CsvSource({
    "tenantpool.maxConnections, MAX_CONNECTIONS",
    "tenantpool.max_connections, MAX_CONNECTIONS",
    "TENANTPOOL_ACQUIRE_TIMEOT, ACQUIRE_TIMEOUT",
    "url, URLS",
    "tenantpool.exclude-url, EXCLUDE_URLS",
    "tenantpool.idle-time, MAX_IDLE_TIME",
    "tenantpool.enable, ENABLED",
    "tenantpool., URLS",
    "loglevel, LOG_LEVEL",
  })
  void theNearestNameIsTheOneThatWasMeant(String written, SettingKey meant) {
    assertEquals(meant, NearestName.of(written));
  }
}
