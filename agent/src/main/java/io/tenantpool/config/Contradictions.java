package io.tenantpool.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds values that are fine by themselves and cannot hold together. */
final class Contradictions {

  private final Map<SettingKey, Setting> settings;
  private final Map<SettingKey, Object> values;

  /** {@code values} lacks those that could not be read; they take no part. */
  Contradictions(Map<SettingKey, Setting> settings, Map<SettingKey, Object> values) {
    this.settings = settings;
    this.values = values;
  }

  void report(Problems problems) {
    Integer budget = number(SettingKey.MAX_CONNECTIONS);
    if (budget == null) {
      return;
    }
    Integer perTenant = number(SettingKey.MAX_CONNECTIONS_PER_TENANT);
    if (perTenant != null
        && perTenant > budget
        && isChosen(SettingKey.MAX_CONNECTIONS_PER_TENANT)) {
      problems.contradiction(
          setting(SettingKey.MAX_CONNECTIONS_PER_TENANT),
          "is more than",
          setting(SettingKey.MAX_CONNECTIONS));
    }
    reportLimits(budget, problems);
    Integer reserve = number(SettingKey.RESERVED_CONNECTIONS);
    if (reserve != null && reserve >= budget && reserveMatters()) {
      problems.contradiction(
          setting(SettingKey.RESERVED_CONNECTIONS),
          "leaves no connection to the tenants out of",
          setting(SettingKey.MAX_CONNECTIONS));
    }
  }

  private void reportLimits(int budget, Problems problems) {
    if (!(values.get(SettingKey.TENANT_LIMITS) instanceof TenantLimits limits)) {
      return;
    }
    Integer reserve = number(SettingKey.RESERVED_CONNECTIONS);
    int room = budget - (reserve == null || !reserveMatters() ? 0 : reserve);
    if (limits.largestLeast() > Math.max(room, 0)) {
      problems.contradiction(
          setting(SettingKey.TENANT_LIMITS),
          "promises one tenant " + limits.largestLeast() + ", more than the tenants have of",
          setting(SettingKey.MAX_CONNECTIONS));
    }
    if (limits.leastOfNamed() > Math.max(room, limits.largestLeast())) {
      problems.contradiction(
          setting(SettingKey.TENANT_LIMITS),
          "promises the named tenants "
              + limits.leastOfNamed()
              + " together, more than the tenants have of",
          setting(SettingKey.MAX_CONNECTIONS));
    }
    List<String> above = limits.aboveMost(budget);
    if (!above.isEmpty()) {
      problems.contradiction(
          setting(SettingKey.TENANT_LIMITS),
          "limits nobody with " + String.join(", ", above) + ", which is more than",
          setting(SettingKey.MAX_CONNECTIONS));
    }
  }

  /** A cap of each tenant that nobody chose gives way to a small budget. */
  private boolean isChosen(SettingKey key) {
    return setting(key).source() != SettingSource.DEFAULT;
  }

  /** A default without effect, because nobody named system URLs, contradicts nothing. */
  private boolean reserveMatters() {
    return isChosen(SettingKey.RESERVED_CONNECTIONS)
        || (values.get(SettingKey.SYSTEM_URLS) instanceof List<?> urls && !urls.isEmpty());
  }

  private @Nullable Integer number(SettingKey key) {
    return (Integer) values.get(key);
  }

  private Setting setting(SettingKey key) {
    return Objects.requireNonNull(settings.get(key));
  }
}
