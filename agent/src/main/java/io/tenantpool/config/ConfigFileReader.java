package io.tenantpool.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** How the config file is read; a test says what is in it. */
public interface ConfigFileReader {

  /**
   * The text of the file.
   *
   * @throws IOException when it cannot be read, or is not UTF-8
   */
  String read(Path file) throws IOException;

  /**
   * What users other than its owner may do with the file that only the owner, or a group that
   * reads, should: {@code read}, {@code write} or {@code read and write}; empty for nothing, and
   * where the file system knows no such permissions.
   *
   * @throws IOException when that cannot be told
   */
  default String othersMay(Path file) throws IOException {
    return "";
  }

  /** Reads from the file system. */
  static ConfigFileReader ofFileSystem() {
    return new ConfigFileReader() {
      @Override
      public String read(Path file) throws IOException {
        return Files.readString(file);
      }

      @Override
      public String othersMay(Path file) throws IOException {
        PosixFileAttributeView view =
            Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
          return "";
        }
        Set<PosixFilePermission> granted = view.readAttributes().permissions();
        boolean read = granted.contains(PosixFilePermission.OTHERS_READ);
        boolean write =
            granted.contains(PosixFilePermission.OTHERS_WRITE)
                || granted.contains(PosixFilePermission.GROUP_WRITE);
        return read ? (write ? "read and write" : "read") : write ? "write" : "";
      }
    };
  }
}
