package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuietStartTest {

  @TempDir Path directory;

  @Test
  void startAndEndWithoutAConnectionTouchNoLibraryAndSayNothing() throws Exception {
    Path classes = directory.resolve("classes");
    Path output = directory.resolve("output");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + classes,
                "-cp",
                System.getProperty("java.class.path"),
                QuietStart.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertTrue(child.waitFor(60, TimeUnit.SECONDS));
    assertEquals("", Files.readString(output));
    assertEquals(0, child.exitValue());
    List<String> loaded = Files.readAllLines(classes);
    assertTrue(loaded.stream().anyMatch(line -> line.contains(Observation.class.getName())));
    assertEquals(
        List.of(),
        loaded.stream()
            .filter(
                line ->
                    line.matches(
                        ".* (io\\.micrometer|com\\.codahale|com\\.zaxxer|org\\.slf4j"
                            + "|org\\.HdrHistogram|com\\.sun\\.jmx"
                            + "|java\\.lang\\.management\\.ManagementFactory"
                            + "|java\\.util\\.logging)\\b.*"))
            .toList());
  }
}
