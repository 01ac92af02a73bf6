package io.tenantpool.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link Settings} of what the operator wrote, wherever that is. Every problem is found in
 * one go, and nothing is corrected: a value holds as it was written, or the agent does not start.
 *
 * <p>Runs before the application's {@code main}, so it touches neither logging nor the file system,
 * unless a config file is named, and neither lambda nor EnumMap, which wake java.lang.invoke.
 */
public final class SettingsLoader {

  private final Properties systemProperties;
  private final @Nullable String agentArguments;
  private final Map<String, String> environment;
  private final ConfigFileReader files;

  private final Problems problems = new Problems();

  private final Remarks remarks = new Remarks();

  /** The settings whose value in the file was encrypted. */
  private final Set<SettingKey> decrypted = new HashSet<>();

  private final Map<SettingSource, Map<SettingKey, String>> texts = new HashMap<>();

  private SettingsLoader(
      Properties systemProperties,
      @Nullable String agentArguments,
      Map<String, String> environment,
      ConfigFileReader files) {
    this.systemProperties = systemProperties;
    this.agentArguments = agentArguments;
    this.environment = environment;
    this.files = files;
    for (SettingSource source : SettingSource.values()) {
      texts.put(source, new HashMap<>());
    }
  }

  /**
   * The settings of this JVM.
   *
   * @param agentArguments what follows the agent's jar on the command line, null for nothing
   * @throws InvalidSettingsException with every problem
   */
  public static Settings load(@Nullable String agentArguments) {
    return load(
        System.getProperties(), agentArguments, System.getenv(), ConfigFileReader.ofFileSystem());
  }

  /**
   * The settings that these sources make together with the defaults.
   *
   * @throws InvalidSettingsException with every problem
   */
  public static Settings load(
      Properties systemProperties,
      @Nullable String agentArguments,
      Map<String, String> environment,
      ConfigFileReader files) {
    return new SettingsLoader(systemProperties, agentArguments, environment, files).load();
  }

  private Settings load() {
    readSystemProperties();
    readAgentArguments();
    readEnvironment();
    readConfigFile();
    requireKeyInEnvironment();
    EffectiveSettings effective = new EffectiveSettings();
    for (SettingKey key : SettingKey.values()) {
      SettingSource source = sourceOf(key);
      if (source == SettingSource.FILE && decrypted.contains(key)) {
        effective.hide(key);
      }
      effective.resolve(source, key, textOf(source, key), problems);
    }
    if (effective.isSwitchedOff()) {
      return switchedOff(effective);
    }
    effective.reportContradictions(problems);
    effective.readHttp(files, problems, remarks);
    problems.throwIfAny();
    return effective.toSettings(remarks.lines());
  }

  /** The way out must stay open however wrong everything else is. */
  private static Settings switchedOff(EffectiveSettings wrong) {
    EffectiveSettings defaults = new EffectiveSettings();
    for (SettingKey key : SettingKey.values()) {
      defaults.resolve(SettingSource.DEFAULT, key, key.defaultText(), new Problems());
    }
    defaults.copy(SettingKey.ENABLED, wrong);
    return defaults.toSettings(List.of());
  }

  private void readSystemProperties() {
    for (String name : new TreeSet<>(systemProperties.stringPropertyNames())) {
      if (startsWith(name, SettingKey.PROPERTY_PREFIX)) {
        put(SettingSource.SYSTEM_PROPERTY, name, systemProperties.getProperty(name));
      }
    }
  }

  private void readAgentArguments() {
    for (AgentArguments.Argument argument : AgentArguments.parse(agentArguments, problems)) {
      if (put(SettingSource.AGENT_ARGUMENT, argument.name(), argument.value())) {
        problems.twice(SettingSource.AGENT_ARGUMENT, argument.name());
      }
    }
  }

  private void readEnvironment() {
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      if (startsWith(variable.getKey(), SettingKey.ENVIRONMENT_PREFIX)
          || startsWith(variable.getKey(), SettingKey.PROPERTY_PREFIX)) {
        put(SettingSource.ENVIRONMENT, variable.getKey(), variable.getValue());
      }
    }
  }

  private void readConfigFile() {
    SettingSource namedBy = sourceOf(SettingKey.CONFIG);
    String name = textOf(namedBy, SettingKey.CONFIG);
    SettingsFile file;
    Optional<Path> path;
    try {
      path = SettingType.FileName.path(name);
      if (name.isEmpty() || path.isEmpty()) {
        return;
      }
      file = SettingsFile.read(path.get(), files);
    } catch (InvalidPathException e) {
      return; // reported with every other value that is wrong
    } catch (IOException e) {
      problems.wrong(namedBy, SettingKey.CONFIG, name, String.valueOf(e.getMessage()));
      return;
    }
    for (Map.Entry<String, String> line : file.lines().entrySet()) {
      put(SettingSource.FILE, line.getKey(), line.getValue());
    }
    for (String repeated : file.repeated()) {
      problems.twice(SettingSource.FILE, repeated);
    }
    String another = texts(SettingSource.FILE).get(SettingKey.CONFIG);
    if (another != null) {
      problems.wrong(
          SettingSource.FILE, SettingKey.CONFIG, another, "a config file cannot name another");
    }
    decrypt(texts(SettingSource.FILE));
    String token = texts(SettingSource.FILE).getOrDefault(SettingKey.HTTP_TOKEN, SettingType.NONE);
    if (!token.equalsIgnoreCase(SettingType.NONE) && !decrypted.contains(SettingKey.HTTP_TOKEN)) {
      remarks.secretIn(
          path.get(), "the config file ".concat(name), SettingKey.HTTP_TOKEN.property(), files);
    }
  }

  private void decrypt(Map<SettingKey, String> lines) {
    SettingSource key = sourceOf(SettingKey.CONFIG_KEY);
    SettingSource file = sourceOf(SettingKey.CONFIG_KEY_FILE);
    Map<SettingKey, String> plain =
        new EncryptedLines(
                textOf(key, SettingKey.CONFIG_KEY),
                file,
                textOf(file, SettingKey.CONFIG_KEY_FILE),
                files,
                problems)
            .decrypt(lines);
    Iterator<String> values = lines.values().iterator();
    while (values.hasNext()) {
      if (EncryptedValue.isOne(values.next())) {
        values.remove();
      }
    }
    lines.putAll(plain);
    decrypted.addAll(plain.keySet());
  }

  /** A command line can be read by every user of the machine, a file lies beside what it opens. */
  private void requireKeyInEnvironment() {
    SettingSource key = sourceOf(SettingKey.CONFIG_KEY);
    if (key != SettingSource.ENVIRONMENT
        && !textOf(key, SettingKey.CONFIG_KEY).equalsIgnoreCase(SettingType.NONE)) {
      problems.wrong(
          key,
          SettingKey.CONFIG_KEY,
          "***",
          "may only stand in the environment, as ".concat(SettingKey.CONFIG_KEY.environment()));
    }
  }

  /** Whether the source had said the same before. */
  private boolean put(SettingSource source, String name, String text) {
    SettingKey key = source.find(name);
    if (key == null) {
      problems.unknown(source, name);
      return false;
    }
    return texts(source).put(key, text.strip()) != null;
  }

  private SettingSource sourceOf(SettingKey key) {
    for (SettingSource source : SettingSource.values()) {
      if (texts(source).containsKey(key)) {
        return source;
      }
    }
    return SettingSource.DEFAULT;
  }

  private String textOf(SettingSource source, SettingKey key) {
    return texts(source).getOrDefault(key, key.defaultText());
  }

  private Map<SettingKey, String> texts(SettingSource source) {
    return texts.getOrDefault(source, Map.of());
  }

  /** Case is ignored so that a name in the wrong case is reported rather than overlooked. */
  private static boolean startsWith(String name, String prefix) {
    return name.regionMatches(true, 0, prefix, 0, prefix.length());
  }
}
