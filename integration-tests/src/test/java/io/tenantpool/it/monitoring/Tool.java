package io.tenantpool.it.monitoring;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** A program of the Debian package {@code prometheus}, where it is installed. */
final class Tool {

  private final Path path;

  private Tool(Path path) {
    this.path = path;
  }

  /** Looks on the PATH; without it the test is skipped. */
  static Tool named(String name) {
    for (String directory : System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1)) {
      Path candidate = Path.of(directory, name);
      if (Files.isExecutable(candidate)) {
        return new Tool(candidate);
      }
    }
    return Assumptions.abort(name + " is not on the PATH (Debian package prometheus)");
  }

  private ProcessBuilder builder(Path directory, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(path.toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
  }

  /** Starts it; what it prints goes to a file in {@code directory}. */
  Process start(Path directory, String... arguments) throws IOException {
    return builder(directory, arguments)
        .redirectOutput(directory.resolve("output.txt").toFile())
        .start();
  }

  /** Runs it to its end; returns what it printed. */
  String succeeds(Path directory, String... arguments) throws IOException, InterruptedException {
    Process process = builder(directory, arguments).start();
    String output;
    try {
      output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (process.waitFor() != 0) {
      throw new AssertionError(output);
    }
    return output;
  }
}
