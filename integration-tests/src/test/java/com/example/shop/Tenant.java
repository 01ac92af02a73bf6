package com.example.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One customer of the shop system: where its database is and how to log in there. */
record Tenant(String name, String url, String user, String password) {

  /**
   * Reads one tenant a line: name, URL, user, password, separated by blanks.
   *
   * @throws IOException when the file cannot be read
   */
  static List<Tenant> readAll(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(Tenant::parse).toList();
  }

  private static Tenant parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 4) {
      throw new IllegalArgumentException("expected: name url user password");
    }
    return new Tenant(words[0], words[1], words[2], words[3]);
  }

  @Override
  public String toString() {
    return name;
  }
}
