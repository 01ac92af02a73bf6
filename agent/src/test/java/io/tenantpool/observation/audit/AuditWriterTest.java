package io.tenantpool.observation.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.AuditSettings;
import io.tenantpool.upkeep.AgentThreads;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Inbox;
import io.tenantpool.upkeep.Upkeep;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditWriterTest implements AuditWriter.Listener {

  @TempDir Path directory;
  private final List<String> said = new CopyOnWriteArrayList<>();

  @Override
  public void gaveUp(Path file, Throwable failure) {
    said.add("gave up " + file.getFileName());
  }

  @Override
  public void problem(String message) {
    said.add(message);
  }

  @Override
  public String lost(long lines) {
    said.add("lost " + lines);
    return "lost " + lines;
  }

  private final AgentThreads threads = Upkeep.threads();

  private AuditWriter writer(Path file, long maxBytes, int maxFiles, int capacity) {
    return new AuditWriter(
        file, new AuditSettings(Optional.of(file), maxBytes, maxFiles), capacity, this, threads);
  }

  @Test
  void linesKeepTheirOrderAndAreThereWhenItIsClosed() throws Exception {
    Path file = directory.resolve("new").resolve("audit.log");
    AuditWriter writer = writer(file, 1 << 20, 2, 1000);
    writer.start();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String line = "line " + i + " ü";
      expected.add(line);
      writer.offer(() -> line);
    }
    writer.close();
    assertEquals(expected, Files.readAllLines(file));
    assertEquals(List.of(), said);
  }

  @Test
  void whatFindsNoRoomIsCountedAndSaidInTheFileAndToTheListener() throws Exception {
    Path file = directory.resolve("audit.log");
    AuditWriter writer = writer(file, 1 << 20, 2, 3);
    for (int i = 0; i < 10; i++) {
      String line = "line " + i;
      writer.offer(() -> line);
    }
    assertEquals(7, writer.lost());
    writer.start();
    writer.close();
    assertEquals(List.of("line 0", "line 1", "line 2", "lost 7"), Files.readAllLines(file));
    assertEquals(List.of("lost 7"), said);
  }

  @Test
  void theFilesAreFewAndShortAndTheLowestNumberIsTheNewest() throws Exception {
    Path file = directory.resolve("audit (1) $HOME ${user.home}.log");
    AuditWriter writer = writer(file, 1024, 2, 10_000);
    for (int i = 0; i < 1000; i++) {
      String line = "line " + i;
      writer.offer(() -> line);
    }
    writer.start();
    writer.close();
    List<Path> files;
    try (Stream<Path> found = Files.list(directory)) {
      files = found.sorted().toList();
    }
    assertEquals(3, files.size(), files::toString);
    assertEquals(file, files.get(0));
    List<String> lines = new ArrayList<>();
    for (int i = 2; i >= 0; i--) {
      assertTrue(Files.size(files.get(i)) < 1024 + 20, files.get(i).toString());
      lines.addAll(Files.readAllLines(files.get(i)));
    }
    assertEquals("line 999", lines.get(lines.size() - 1));
    assertEquals("line " + (1000 - lines.size()), lines.get(0));
    assertEquals(List.of(), said);
  }

  @Test
  void aSecondRunGoesOnWhereTheFirstEnded() throws Exception {
    Path file = directory.resolve("audit.log");
    for (String line : List.of("first", "second")) {
      AuditWriter writer = writer(file, 1 << 20, 2, 10);
      writer.start();
      writer.offer(() -> line);
      writer.close();
    }
    assertEquals(List.of("first", "second"), Files.readAllLines(file));
  }

  @Test
  void aFileThatCannotBeOpenedEndsItAndNothingIsTaken() throws Exception {
    for (Path file :
        List.of(
            Files.createFile(directory.resolve("file")).resolve("audit.log"),
            directory.resolve("100%i.log"))) {
      AuditWriter writer = writer(file, 1 << 20, 2, 1);
      assertFalse(writer.isOff());
      writer.start();
      writer.close();
      assertTrue(writer.isOff());
      writer.offer(() -> "nobody reads this");
      writer.offer(() -> "nor this");
      assertEquals(0, writer.lost());
    }
    assertEquals(List.of("gave up audit.log", "gave up 100%i.log"), said);
  }

  @Test
  void aLineWakesAWriterThatHasHadNothingToDo() throws Exception {
    Path file = directory.resolve("audit.log");
    AuditWriter writer = writer(file, 1 << 20, 2, 10);
    writer.start();
    Thread thread =
        Thread.getAllStackTraces().keySet().stream()
            .filter(each -> each.getName().equals(AuditWriter.THREAD))
            .findFirst()
            .orElseThrow();
    await(() -> LockSupport.getBlocker(thread) instanceof Inbox);
    writer.offer(() -> "woken");
    await(() -> Files.readAllLines(file).equals(List.of("woken")));
    writer.close();
    assertFalse(thread.isAlive());
  }

  @Test
  void aLineThatCannotBeWrittenIsCountedAndTheNextOnesAreWritten() throws Exception {
    Path file = directory.resolve("audit.log");
    AuditWriter writer = writer(file, 1 << 20, 2, 10);
    writer.offer(() -> "first");
    writer.offer(
        () -> {
          throw new OutOfMemoryError("on purpose");
        });
    writer.offer(() -> "second");
    writer.start();
    await(() -> Files.exists(file) && Files.readAllLines(file).size() == 3);
    writer.close();
    assertEquals(List.of("first", "second", "lost 1"), Files.readAllLines(file));
    assertEquals(1, threads.faults().count(FaultKind.AUDIT));
  }

  /** A fifo without a reader: whoever opens it waits for ever. */
  @Test
  void aFileThatHangsHoldsUpItsEndForASecondAtMost() throws Exception {
    Path fifo = directory.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    AuditWriter writer = writer(fifo, 1 << 20, 2, 10);
    writer.start();
    writer.offer(() -> "line");
    long start = System.nanoTime();
    writer.close();
    long took = System.nanoTime() - start;
    assertTrue(took < TimeUnit.SECONDS.toNanos(10), took + " ns");
    try (InputStream reader = Files.newInputStream(fifo)) {
      await(writer::isOff);
      assertEquals('l', reader.read());
    }
  }

  @Test
  void aProblemThatEveryLineHasIsToldOnce() throws Exception {
    Path file = directory.resolve("audit.log");
    // The full file cannot be renamed to this.
    Files.createFile(Files.createDirectory(directory.resolve("audit.log.1")).resolve("x"));
    AuditWriter writer = writer(file, 8, 1, 10);
    for (int i = 0; i < 5; i++) {
      String line = "line " + i;
      writer.offer(() -> line);
    }
    writer.start();
    writer.close();
    await(writer::isOff);
    assertTrue(said.get(0).startsWith("Failed to rename file"), said.toString());
    assertEquals(List.copyOf(new LinkedHashSet<>(said)), said);
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.call()) {
      assertTrue(System.nanoTime() - end < 0, "not in time");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
