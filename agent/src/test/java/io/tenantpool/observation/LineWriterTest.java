package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineWriterTest {

  @TempDir Path directory;

  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void catchStandardError() {
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(realErr);
  }

  @Test
  void linesGoToStderrAsTheyAre() {
    write(Optional.empty(), "one {} {level} %s", "two");
    assertEquals(List.of("one {} {level} %s", "two"), errLines());
  }

  @Test
  void linesGoToTheFileAfterWhatItHolds() throws IOException {
    Path file = directory.resolve("agent.log");
    Files.writeString(file, "before" + System.lineSeparator());
    write(Optional.of(file), "ä€", "next");
    assertEquals(List.of("before", "ä€", "next"), Files.readAllLines(file));
    assertEquals(List.of(), errLines());
  }

  @Test
  void theDirectoryOfTheFileIsMade() throws IOException {
    Path file = directory.resolve("logs").resolve("today").resolve("agent.log");
    write(Optional.of(file), "one");
    assertEquals(List.of("one"), Files.readAllLines(file));
  }

  @Test
  void whatCannotGoToTheFileGoesToStderrAfterAWord() {
    write(Optional.of(directory), "one", "two");
    List<String> lines = errLines();
    assertEquals(3, lines.size());
    assertTrue(lines.get(0).startsWith("tenant-pool: the log goes on here"), lines.get(0));
    assertEquals(List.of("one", "two"), lines.subList(1, 3));
  }

  private List<String> errLines() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static void write(Optional<Path> file, String... lines) {
    LineWriter writer = new LineWriter(file);
    for (String line : lines) {
      writer.write(line);
    }
  }
}
