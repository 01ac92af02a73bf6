package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Everything that an operator may have written, and nothing of this machine. */
final class Sources {

  private final Properties systemProperties = new Properties();
  private final Map<String, String> environment = new HashMap<>();
  private @Nullable String arguments;
  private ConfigFileReader files =
      path -> {
        throw new NoSuchFileException(path.toString());
      };

  static Sources none() {
    return new Sources();
  }

  Sources property(String name, String value) {
    systemProperties.setProperty(name, value);
    return this;
  }

  Sources arguments(String text) {
    arguments = text;
    return this;
  }

  Sources environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** A file with this text, whatever its name, and the agent argument that names it. */
  Sources file(String text) {
    return file(path -> text);
  }

  Sources file(ConfigFileReader reader) {
    files = reader;
    return property("tenantpool.config", "tenantpool.properties");
  }

  Sources failingFile(IOException failure) {
    return file(
        path -> {
          throw failure;
        });
  }

  Sources fileNamed(Path expected, String text) {
    files =
        path -> {
          if (path.equals(expected)) {
            return text;
          }
          throw new NoSuchFileException(path.toString());
        };
    return this;
  }

  Settings load() {
    return SettingsLoader.load(systemProperties, arguments, environment, files);
  }

  /** What is wrong with them; fails when nothing is. */
  List<String> problems() {
    return assertThrows(InvalidSettingsException.class, this::load).problems();
  }

  /** The one thing that is wrong with them; fails when there are more, or none. */
  String problem() {
    List<String> problems = problems();
    if (problems.size() != 1) {
      throw new AssertionError(problems);
    }
    return problems.get(0);
  }
}
