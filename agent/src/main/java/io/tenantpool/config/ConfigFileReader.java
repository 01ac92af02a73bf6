package io.tenantpool.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How the config file is read; a test says what is in it. */
public interface ConfigFileReader {

  /**
   * The text of the file.
   *
   * @throws IOException when it cannot be read, or is not UTF-8
   */
  String read(Path file) throws IOException;

  /** Reads from the file system. */
  static ConfigFileReader ofFileSystem() {
    return new ConfigFileReader() {
      @Override
      public String read(Path file) throws IOException {
        return Files.readString(file);
      }
    };
  }
}
