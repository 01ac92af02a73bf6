package io.tenantpool.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an operator should know of settings that are in force all the same. */
final class Remarks {

  private final List<String> lines = new ArrayList<>();

  /** {@code file}, named so for people, holds that secret: others should not reach it. */
  void secretIn(Path file, String named, String secret, ConfigFileReader files) {
    String others;
    try {
      others = files.othersMay(file);
    } catch (IOException unknown) {
      // It was read all the same.
      return;
    }
    if (!others.isEmpty()) {
      lines.add(
          "other users may "
              .concat(others)
              .concat(" ")
              .concat(named)
              .concat(", which holds ")
              .concat(secret)
              .concat("; take that away (chmod o-rwx,g-w), or encrypt the value"));
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
