package io.tenantpool.benchmarks;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.benchmarks.way.Ways;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Whether the comparison works, on a load that takes no time. No figure is judged. */
final class SmokeTest {

  private static final int BUDGET = 9;

  @TempDir private Path directory;

  @Test
  @Timeout(180)
  void everyWayWorksAndTheAgentKeepsTheCap() throws Exception {
    Path csv = directory.resolve("results.csv");
    List<Row> rows =
        Compare.run(
            Matrix.of(
                "tenants=3 threads=2 trace=workspaces loop=closed rounds=1 seconds=1 warm-up=0",
                "timeout=20000 budget=" + BUDGET),
            csv);
    assertEquals(Ways.ALL.size(), rows.size());
    assertEquals(rows.size(), Csv.read(csv).size());
    assertAll(rows.stream().flatMap(SmokeTest::judge));
  }

  private static Stream<Executable> judge(Row row) {
    String way = row.text(Column.WAY);
    boolean isThere = Ways.of(way).missing().isEmpty();
    if (!isThere) {
      return Stream.of(() -> assertFalse(way.contains("agent"), row.text(Column.SKIPPED)));
    }
    return Stream.of(
        () -> assertFalse(row.isSkipped(), way + ": " + row.text(Column.SKIPPED)),
        () -> assertTrue(row.number(Column.UNITS).orElse(0) > 0, way + ": no unit"),
        () -> assertEquals("0", row.text(Column.FAILED), way + ": failed"),
        () -> assertTrue(connections(row) > 0, way + ": no connection was seen"),
        () ->
            assertTrue(
                !way.contains("agent") || connections(row) <= BUDGET,
                way + ": " + connections(row) + " connections"));
  }

  private static double connections(Row row) {
    return row.number(Column.SERVER_CONNECTIONS_MAX).orElse(0);
  }
}
