package io.tenantpool.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** The lines of a properties file, and which of their keys were given more than once. */
final class SettingsFile {

  private final Map<String, String> lines = new LinkedHashMap<>();
  private final Set<String> repeated = new LinkedHashSet<>();

  private SettingsFile() {}

  /**
   * Reads the format of {@link Properties}.
   *
   * @throws IOException whose message says for the operator what is the matter with the file
   */
  static SettingsFile read(Path path, ConfigFileReader files) throws IOException {
    try {
      SettingsFile file = new SettingsFile();
      new Recorder(file).load(new StringReader(files.read(path)));
      return file;
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException("the file may not be read by this user", e);
    } catch (CharacterCodingException e) {
      throw new IOException("the file is not in UTF-8", e);
    } catch (IllegalArgumentException e) {
      throw new IOException("the file holds a malformed \\u escape", e);
    } catch (IOException e) {
      throw new IOException("the file cannot be read: " + e.getMessage(), e);
    }
  }

  Map<String, String> lines() {
    return lines;
  }

  Set<String> repeated() {
    return repeated;
  }

  /** Sees each line that {@link Properties#load} puts, where the table itself keeps the last. */
  private static final class Recorder extends Properties {

    private static final long serialVersionUID = 1;

    private final transient SettingsFile file;

    Recorder(SettingsFile file) {
      this.file = file;
    }

    @Override
    public synchronized Object put(Object key, Object value) {
      String name = (String) key;
      if (file.lines.put(name, (String) value) != null) {
        file.repeated.add(name);
      }
      return super.put(key, value);
    }
  }
}
