package io.tenantpool.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The terminal that this process has, through the programs that every Unix has for it. */
final class Stty {

  private Stty() {}

  /** Whether standard output is a terminal. */
  static boolean isOutput() {
    return run(ProcessBuilder.Redirect.INHERIT, "test", "-t", "1") != null;
  }

  /** The state of the terminal that standard input is; empty when it is none. */
  static String state() {
    String state = run(ProcessBuilder.Redirect.PIPE, "stty", "-g");
    return state == null ? "" : state.strip();
  }

  static void restore(String state) {
    run(ProcessBuilder.Redirect.PIPE, "stty", state);
  }

  /** A key is read when it is pressed, and not shown. */
  static void keyByKey() {
    run(ProcessBuilder.Redirect.PIPE, "stty", "-icanon", "-echo", "min", "1");
  }

  static OptionalInt rows() {
    String size = run(ProcessBuilder.Redirect.PIPE, "stty", "size");
    return size == null ? OptionalInt.empty() : rows(size);
  }

  /** Of an answer such as {@code 24 80}. */
  static OptionalInt rows(String size) {
    String rows = size.strip().split(" ", 2)[0];
    return rows.matches("[1-9][0-9]{0,3}")
        ? OptionalInt.of(Integer.parseInt(rows))
        : OptionalInt.empty();
  }

  /** What the program said; null when it failed, or there is none. */
  private static @Nullable String run(ProcessBuilder.Redirect output, String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(output)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return process.waitFor() == 0 ? said : null;
    } catch (IOException noSuchProgram) {
      return null;
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
