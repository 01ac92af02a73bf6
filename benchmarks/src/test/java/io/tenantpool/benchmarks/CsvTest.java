package io.tenantpool.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvTest {

  @TempDir private Path directory;

  @Test
  void rowsComeBackAsTheyWere() throws IOException {
    Path file = directory.resolve("below").resolve("results.csv");
    Row measured =
        new Row.Builder()
            .with(Column.WAY, "agent")
            .with(Column.UNITS, 12)
            .with(Column.P99_MS, 1.5)
            .build();
    Row skipped =
        new Row.Builder()
            .with(Column.WAY, "pgpool")
            .with(Column.SKIPPED, "no \"pgpool\", here or\nthere: \"\"")
            .build();
    Csv.append(file, measured);
    Csv.append(file, skipped);
    List<Row> rows = Csv.read(file);
    assertEquals(2, rows.size());
    assertEquals(Csv.toLine(measured), Csv.toLine(rows.get(0)));
    assertEquals(1.5, rows.get(0).number(Column.P99_MS).orElseThrow());
    assertFalse(rows.get(0).isSkipped());
    assertTrue(rows.get(1).isSkipped());
    assertEquals("no \"pgpool\", here or there: \"\"", rows.get(1).text(Column.SKIPPED));
  }

  @Test
  void whatWasNotMeasuredIsEmpty() {
    Row row = new Row.Builder().with(Column.CPU_POOLER_SECONDS, Double.NaN).build();
    assertTrue(row.number(Column.CPU_POOLER_SECONDS).isEmpty());
  }

  @Test
  void aLineWithTooFewValuesIsAProblem() throws IOException {
    Path file = directory.resolve("short.csv");
    Files.writeString(file, "way,round\nagent\n");
    assertThrows(IOException.class, () -> Csv.read(file));
  }

  @Test
  void theMedianIsInTheMiddle() {
    List<Row> rows =
        List.of(5.0, 1.0, 3.0).stream()
            .map(value -> new Row.Builder().with(Column.P50_MS, value).build())
            .toList();
    assertEquals(3, Medians.of(rows, Column.P50_MS).orElseThrow());
    assertEquals(3, Medians.of(rows.subList(0, 2), Column.P50_MS).orElseThrow());
    assertTrue(Medians.of(rows, Column.P99_MS).isEmpty());
  }
}
