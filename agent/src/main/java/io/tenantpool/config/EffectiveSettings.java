package io.tenantpool.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The settings in the making: each one's value once its text could be read. */
final class EffectiveSettings {

  /** In the order of the keys, for they are resolved in that order. */
  private final Map<SettingKey, Setting> settings = new LinkedHashMap<>();

  private final Map<SettingKey, Object> values = new HashMap<>();
  private Optional<HttpSettings> http = Optional.empty();

  /** Takes what {@code source} says, or reports that it makes no sense. */
  void resolve(SettingSource source, SettingKey key, String text, Problems problems) {
    settings.put(key, new Setting(key, shown(key, text), source));
    if (text.isEmpty()) {
      problems.wrong(source, key, text, empty(key));
      return;
    }
    try {
      values.put(key, key.type().parse(text));
    } catch (IllegalArgumentException e) {
      problems.wrong(source, key, shown(key, text), String.valueOf(e.getMessage()));
    }
  }

  private static String shown(SettingKey key, String text) {
    boolean hidden = key.type().isSecret() && !text.equalsIgnoreCase(SettingType.NONE);
    return hidden ? "***" : Secrets.line(text);
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

  void reportContradictions(Problems problems) {
    new Contradictions(settings, values).report(problems);
  }

  /** Reads where the agent answers over HTTP, and the file with the token if there is one. */
  void readHttp(ConfigFileReader files, Problems problems) {
    http = new HttpChoice(settings, values).read(files, problems);
  }

  /** To be called when every value could be read. */
  Settings toSettings() {
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
        value(SettingKey.MODE),
        value(SettingKey.REPORT_FILE),
        List.copyOf(settings.values()));
  }

  /** Each type's {@code parse} says of which class its values are; nothing else writes them. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private <T> T value(SettingKey key) {
    return (T) Objects.requireNonNull(values.get(key));
  }
}
