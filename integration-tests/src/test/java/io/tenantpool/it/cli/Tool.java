package io.tenantpool.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of {@code java -jar tenant-pool-agent.jar}. */
record Tool(int exit, String out, String err) {

  private static final long LONGEST_SECONDS = 60;

  /** Runs it with nothing on its standard input. */
  static Tool run(String... arguments) {
    return run(command(List.of(), arguments));
  }

  static List<String> command(List<String> jvmArguments, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ChildJvm.javaHome().resolve("bin").resolve("java").toString());
    command.addAll(jvmArguments);
    command.addAll(List.of("-jar", ChildJvm.agentJar().toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs any command with nothing on its standard input. */
  static Tool run(List<String> command) {
    return run(command, true);
  }

  /** Runs it with a standard input on which nothing ever comes, not even its end. */
  static Tool runWithoutEndOfInput(List<String> command) {
    return run(command, false);
  }

  private static Tool run(List<String> command, boolean inputEnds) {
    try {
      Path out = Files.createTempFile("tool", ".out");
      Path err = Files.createTempFile("tool", ".err");
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      try {
        if (inputEnds) {
          process.getOutputStream().close();
        }
        assertTrue(
            process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS), () -> "does not end: " + command);
        return new Tool(process.exitValue(), Files.readString(out), Files.readString(err));
      } finally {
        process.destroyForcibly();
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** This run, when it went well. */
  Tool succeeded() {
    assertEquals(0, exit, this::toString);
    assertEquals("", err);
    return this;
  }

  /** Checks that it ended with this code, nothing on standard output, and one line that says so. */
  void refused(int code, String words) {
    assertEquals(code, exit, this::toString);
    assertEquals("", out);
    assertEquals(1, err.lines().count(), err);
    says(err, "tenant-pool-agent: ");
    says(err, words);
  }

  /** Checks for these words, whatever the number of blanks between them. */
  Tool says(String... words) {
    for (String expected : words) {
      says(out, expected);
    }
    return this;
  }

  private static void says(String text, String words) {
    String plain = text.replaceAll(" +", " ");
    assertTrue(plain.contains(words), () -> "wanted " + words + "\ngot " + text);
  }
}
