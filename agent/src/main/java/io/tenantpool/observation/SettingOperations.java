package io.tenantpool.observation;

import io.tenantpool.config.InvalidSettingsException;
import io.tenantpool.config.LogLevel;
import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.config.Setting;
import io.tenantpool.config.SettingChange;
import io.tenantpool.config.SettingKey;
import io.tenantpool.config.SettingSource;
import java.util.function.Supplier;

/**
 * What an operator changes, with a line in the log and a notification that say who, what, from what
 * to what. What is wrong changes nothing, is logged as well, and comes back as an exception that a
 * console without a class of the agent can read.
 */
final class SettingOperations {

  private final RuntimeSettings settings;
  private final PoolFigures pool;
  private final AgentLog log;
  private final NoticeFeed notices;

  SettingOperations(RuntimeSettings settings, PoolFigures pool, AgentLog log, NoticeFeed notices) {
    this.settings = settings;
    this.pool = pool;
    this.log = log;
    this.notices = notices;
  }

  RuntimeSettings settings() {
    return settings;
  }

  /** Changes a setting for all servers; says what was done. */
  String change(String name, String value) {
    return audited(name, () -> settings.change(name, value));
  }

  String change(SettingKey key, Object value) {
    return change(key.property(), value.toString());
  }

  String changeMillis(SettingKey key, long millis) {
    return change(key.property(), millis + "ms");
  }

  /** Changes the budget of one server. */
  void changeMaxConnections(String server, int cap) {
    audited(
        SettingKey.MAX_CONNECTIONS.property(),
        () -> settings.changeMaxConnections(server, String.valueOf(cap)));
  }

  /** Changes the cap of one tenant, which the settings do not hold. */
  void limitTenant(String server, String tenant, int before, int cap) {
    SettingKey key = SettingKey.MAX_CONNECTIONS_PER_TENANT;
    audited(
        key.property(),
        () -> {
          settings.checked(server, key, String.valueOf(cap));
          if (!pool.limitTenant(server, tenant, cap)) {
            throw new IllegalArgumentException("there is no tenant '" + tenant + "'");
          }
          return new SettingChange(
              server + ", tenant " + tenant,
              new Setting(key, String.valueOf(before), SettingSource.RUN_TIME),
              new Setting(key, String.valueOf(cap), SettingSource.RUN_TIME));
        });
  }

  private String audited(String name, Supplier<SettingChange> change) {
    String who = Caller.name();
    LogLevel before = settings.get().logLevel();
    SettingChange made;
    try {
      made = change.get();
    } catch (InvalidSettingsException wrong) {
      log.settingRefused(who, name, String.join("; ", wrong.problems()));
      throw new IllegalArgumentException(wrong.getMessage());
    }
    log.settingChanged(who, made, before);
    notices.changed(who, made);
    return made.toString();
  }
}
