package io.tenantpool.cli;

import io.tenantpool.config.ConfigFileReader;
import io.tenantpool.config.InvalidSettingsException;
import io.tenantpool.config.SettingsLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * What the agent will find in the JVM that it is brought to: asked beforehand, since an agent says
 * what is wrong with its settings to that JVM's standard error, which nobody may be looking at.
 */
record SettingsThere(Properties properties, Map<String, String> environment) {

  /**
   * Checks the options together with all that they have to fit.
   *
   * @throws InvalidSettingsException with every problem
   */
  void check(String options) {
    Path directory = Path.of(properties.getProperty("user.dir", ""));
    ConfigFileReader files = ConfigFileReader.ofFileSystem();
    SettingsLoader.load(
        properties, options, environment, file -> files.read(directory.resolve(file)));
  }
}
