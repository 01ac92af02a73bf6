package io.tenantpool.cli;

import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * What a command works with.
 *
 * @param jar the agent's jar, which the tool was started from
 */
record Surroundings(File jar, InputStream in, PrintStream out) {

  void print(List<String> lines) {
    lines.forEach(out::println);
  }

  void print(String line) {
    out.println(line);
  }
}
