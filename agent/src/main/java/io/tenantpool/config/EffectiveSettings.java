package io.tenantpool.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The settings in the making: each one's value once its text could be read. */
final class EffectiveSettings {

  /** In the order of the keys, for they are resolved in that order. */
  private final Map<SettingKey, Setting> settings = new LinkedHashMap<>();

  private final Map<SettingKey, Object> values = new HashMap<>();

  /** What is not to be shown, though its type may be. */
  private final Set<SettingKey> hidden = new HashSet<>();

  private Optional<HttpSettings> http = Optional.empty();

  /** Those in force, to change some of them. */
  static EffectiveSettings of(Settings settings) {
    EffectiveSettings effective = new EffectiveSettings();
    effective.values.putAll(
        Map.ofEntries(
            Map.entry(SettingKey.ENABLED, settings.enabled()),
            Map.entry(SettingKey.URLS, settings.urls()),
            Map.entry(SettingKey.EXCLUDE_URLS, settings.excludeUrls()),
            Map.entry(SettingKey.MAX_CONNECTIONS, settings.maxConnections()),
            Map.entry(SettingKey.RESERVED_CONNECTIONS, settings.reservedConnections()),
            Map.entry(SettingKey.SYSTEM_URLS, settings.systemUrls()),
            Map.entry(SettingKey.MAX_CONNECTIONS_PER_TENANT, settings.maxConnectionsPerTenant()),
            Map.entry(SettingKey.ACQUIRE_TIMEOUT, settings.acquireTimeout()),
            Map.entry(SettingKey.MAX_IDLE_TIME, settings.maxIdleTime()),
            Map.entry(SettingKey.MAX_LIFETIME, settings.maxLifetime()),
            Map.entry(SettingKey.CIRCUIT_BREAKER, settings.circuitBreaker()),
            Map.entry(SettingKey.LEAK_DETECTION_THRESHOLD, settings.leakDetectionThreshold()),
            Map.entry(SettingKey.RESET, settings.reset()),
            Map.entry(SettingKey.SINGLE_STATEMENT_URLS, settings.singleStatementUrls()),
            Map.entry(SettingKey.HIKARI_MBEANS, settings.hikariMbeans()),
            Map.entry(SettingKey.METERS, settings.meters()),
            Map.entry(SettingKey.LOG_LEVEL, settings.logLevel()),
            Map.entry(SettingKey.LOG_FORMAT, settings.logFormat()),
            Map.entry(SettingKey.LOG_FILE, settings.logFile()),
            Map.entry(SettingKey.POOL_CLASSES, settings.poolClasses()),
            Map.entry(SettingKey.METRICS_TENANT_TAGS, settings.tenantTags()),
            Map.entry(SettingKey.LOG_MDC_KEYS, settings.logMdcKeys()),
            Map.entry(SettingKey.AUDIT_FILE, settings.audit().file()),
            Map.entry(SettingKey.AUDIT_MAX_FILE_SIZE, settings.audit().maxFileBytes()),
            Map.entry(SettingKey.AUDIT_MAX_FILES, settings.audit().maxFiles()),
            Map.entry(SettingKey.APPLICATION_METERS, settings.applicationMeters()),
            Map.entry(SettingKey.MODE, settings.mode()),
            Map.entry(SettingKey.REPORT_FILE, settings.reportFile()),
            Map.entry(SettingKey.SERVER_LIMIT, settings.serverBounds().serverLimit()),
            Map.entry(SettingKey.MAX_WAITING, settings.serverBounds().maxWaiting()),
            Map.entry(SettingKey.TENANT_CAP, settings.serverBounds().tenantCap()),
            Map.entry(SettingKey.TENANT_LIMITS, settings.serverBounds().tenantLimits()),
            Map.entry(SettingKey.EVICTION_ORDER, settings.serverBounds().evictionOrder()),
            Map.entry(SettingKey.LENDING_ORDER, settings.serverBounds().lendingOrder())));
    effective.http = settings.http();
    for (Setting setting : settings.effective()) {
      effective.settings.put(setting.key(), setting);
    }
    if (settings.effective().isEmpty()) {
      for (SettingKey key : SettingKey.values()) {
        String text = String.valueOf(effective.values.getOrDefault(key, SettingType.NONE));
        effective.settings.put(
            key, new Setting(key, effective.shown(key, text), SettingSource.DEFAULT));
      }
    }
    return effective;
  }

  /** The value of this setting was encrypted, and is not to be shown. */
  void hide(SettingKey key) {
    hidden.add(key);
  }

  /** Takes what {@code source} says, or reports that it makes no sense. */
  void resolve(SettingSource source, SettingKey key, String text, Problems problems) {
    settings.put(key, new Setting(key, shown(key, text), source));
    if (text.isEmpty()) {
      values.remove(key);
      problems.wrong(source, key, text, empty(key));
      return;
    }
    try {
      values.put(key, key.type().parse(text));
    } catch (IllegalArgumentException e) {
      values.remove(key);
      problems.wrong(source, key, shown(key, text), String.valueOf(e.getMessage()));
    }
  }

  private String shown(SettingKey key, String text) {
    boolean secret = key.type().isSecret() && !text.equalsIgnoreCase(SettingType.NONE);
    return secret || hidden.contains(key) ? "***" : Secrets.line(text);
  }

  private static String empty(SettingKey key) {
    return "must be " + key.type().allowed() + "; leave it out for " + key.defaultText();
  }

  /** Takes one setting from another set. */
  void copy(SettingKey key, EffectiveSettings from) {
    settings.put(key, Objects.requireNonNull(from.settings.get(key)));
    values.put(key, Objects.requireNonNull(from.values.get(key)));
  }

  /** Whether the operator said {@code tenantpool.enabled=false}. */
  boolean isSwitchedOff() {
    return Boolean.FALSE.equals(values.get(SettingKey.ENABLED));
  }

  /** The setting as people read it. */
  Setting setting(SettingKey key) {
    return Objects.requireNonNull(settings.get(key));
  }

  void reportContradictions(Problems problems) {
    new Contradictions(settings, values).report(problems);
  }

  /** Reads where the agent answers over HTTP, and the file with the token if there is one. */
  void readHttp(ConfigFileReader files, Problems problems, Remarks remarks) {
    http = new HttpChoice(settings, values).read(files, problems, remarks);
  }

  /** To be called when every value could be read. */
  Settings toSettings(List<String> remarks) {
    return new Settings(
        value(SettingKey.ENABLED),
        value(SettingKey.URLS),
        value(SettingKey.EXCLUDE_URLS),
        value(SettingKey.MAX_CONNECTIONS),
        value(SettingKey.RESERVED_CONNECTIONS),
        value(SettingKey.SYSTEM_URLS),
        value(SettingKey.MAX_CONNECTIONS_PER_TENANT),
        value(SettingKey.ACQUIRE_TIMEOUT),
        value(SettingKey.MAX_IDLE_TIME),
        value(SettingKey.MAX_LIFETIME),
        value(SettingKey.RESET),
        value(SettingKey.HIKARI_MBEANS),
        value(SettingKey.METERS),
        value(SettingKey.LOG_LEVEL),
        value(SettingKey.LOG_FORMAT),
        value(SettingKey.LOG_FILE),
        value(SettingKey.POOL_CLASSES),
        http,
        value(SettingKey.METRICS_TENANT_TAGS),
        value(SettingKey.LOG_MDC_KEYS),
        new AuditSettings(
            value(SettingKey.AUDIT_FILE),
            value(SettingKey.AUDIT_MAX_FILE_SIZE),
            value(SettingKey.AUDIT_MAX_FILES)),
        value(SettingKey.APPLICATION_METERS),
        value(SettingKey.MODE),
        value(SettingKey.REPORT_FILE),
        value(SettingKey.LEAK_DETECTION_THRESHOLD),
        value(SettingKey.CIRCUIT_BREAKER),
        new ServerBounds(
            value(SettingKey.SERVER_LIMIT),
            value(SettingKey.MAX_WAITING),
            value(SettingKey.TENANT_CAP),
            value(SettingKey.TENANT_LIMITS),
            value(SettingKey.EVICTION_ORDER),
            value(SettingKey.LENDING_ORDER)),
        List.copyOf(settings.values()),
        remarks,
        value(SettingKey.SINGLE_STATEMENT_URLS));
  }

  /** Each type's {@code parse} says of which class its values are; nothing else writes them. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private <T> T value(SettingKey key) {
    return (T) Objects.requireNonNull(values.get(key));
  }
}
