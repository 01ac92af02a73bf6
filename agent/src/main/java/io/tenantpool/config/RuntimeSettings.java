package io.tenantpool.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The settings in force, and the one place where they change. Each {@link Settings} stays as it is;
 * a change puts another one in its place, after the checks of the start, or changes nothing.
 *
 * <p>{@code max-connections} may differ for single servers, until it is changed for all again.
 *
 * <p>Thread-safe. Listeners are told under the monitor of this object, so that they hear changes in
 * their order.
 */
public final class RuntimeSettings {

  private record InForce(Settings all, Map<String, Settings> servers) {}

  private final List<Consumer<SettingChange>> listeners = new CopyOnWriteArrayList<>();
  private volatile InForce inForce;

  /** With the settings of the start. */
  public RuntimeSettings(Settings settings) {
    inForce = new InForce(settings, Map.of());
  }

  /** What holds for every server, but for those with a cap of their own. */
  public Settings get() {
    return inForce.all();
  }

  /** What holds for this server; the same object until something changes. */
  public Settings of(String server) {
    InForce now = inForce;
    return now.servers().getOrDefault(server, now.all());
  }

  /** {@code listener} hears of every change after it was made. It shall not throw. */
  public void listen(Consumer<SettingChange> listener) {
    listeners.add(listener);
  }

  /**
   * Changes a setting for all servers.
   *
   * @param name with or without {@code tenantpool.}
   * @param text the value as an operator writes it
   * @throws InvalidSettingsException with every problem; nothing has changed then
   */
  public synchronized SettingChange change(String name, String text) {
    Problems problems = new Problems();
    SettingKey key = changeable(name, problems);
    problems.throwIfAny();
    InForce now = inForce;
    Settings changed = with(now.all(), key, text, problems);
    Map<String, Settings> servers = new TreeMap<>();
    if (key != SettingKey.MAX_CONNECTIONS && problems.isEmpty()) {
      now.servers()
          .forEach(
              (server, settings) -> {
                Problems ofServer = new Problems();
                Settings own = with(settings, key, text, ofServer);
                problems.ofServer(server, ofServer);
                if (own != null) {
                  servers.put(server, own);
                }
              });
    }
    problems.throwIfAny();
    return put(null, key, now.all(), changed, new InForce(required(changed), servers));
  }

  /**
   * Changes {@code max-connections} for one server.
   *
   * @throws InvalidSettingsException with every problem; nothing has changed then
   */
  public synchronized SettingChange changeMaxConnections(String server, String text) {
    SettingKey key = SettingKey.MAX_CONNECTIONS;
    Settings before = of(server);
    Settings changed = checked(server, key, text);
    Map<String, Settings> servers = new TreeMap<>(inForce.servers());
    servers.put(server, changed);
    return put(server, key, before, changed, new InForce(inForce.all(), servers));
  }

  /**
   * The settings of the server as they would be with this value. Nothing changes.
   *
   * @throws InvalidSettingsException with every problem
   */
  public Settings checked(String server, SettingKey key, String text) {
    Problems problems = new Problems();
    Settings changed = with(of(server), key, text, problems);
    problems.throwIfAny();
    return required(changed);
  }

  private SettingChange put(
      @Nullable String server,
      SettingKey key,
      Settings before,
      @Nullable Settings after,
      InForce next) {
    SettingChange change =
        new SettingChange(server, shown(before, key), shown(required(after), key));
    inForce = next;
    listeners.forEach(listener -> listener.accept(change));
    return change;
  }

  private static Setting shown(Settings settings, SettingKey key) {
    return EffectiveSettings.of(settings).setting(key);
  }

  /** Null when something is wrong. */
  private static @Nullable Settings with(
      Settings settings, SettingKey key, String text, Problems problems) {
    EffectiveSettings changed = EffectiveSettings.of(settings);
    changed.resolve(SettingSource.RUN_TIME, key, text.strip(), problems);
    changed.reportContradictions(problems);
    return problems.isEmpty() ? changed.toSettings(settings.remarks()) : null;
  }

  private static Settings required(@Nullable Settings settings) {
    if (settings == null) {
      throw new IllegalStateException("wrong settings without a problem");
    }
    return settings;
  }

  private static SettingKey changeable(String name, Problems problems) {
    String property =
        name.startsWith(SettingKey.PROPERTY_PREFIX)
            ? name.strip()
            : SettingKey.PROPERTY_PREFIX.concat(name.strip());
    SettingKey key = SettingSource.RUN_TIME.find(property);
    if (key == null) {
      problems.unknown(SettingSource.RUN_TIME, property);
      return SettingKey.ENABLED;
    }
    if (!key.isChangeable()) {
      problems.other(
          key.property()
              + " cannot be changed at run time; set it and start the application again; what can"
              + " be changed is "
              + String.join(", ", changeable()));
    }
    return key;
  }

  private static List<String> changeable() {
    List<String> names = new ArrayList<>();
    for (SettingKey key : SettingKey.values()) {
      if (key.isChangeable()) {
        names.add(key.argument());
      }
    }
    return names;
  }
}
