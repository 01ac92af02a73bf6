package io.tenantpool.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.benchmarks.load.Trace;
import io.tenantpool.benchmarks.way.Way;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MatrixTest {

  @Test
  void theSmallOneHasOneLoadInBothLoops() {
    List<Cell> cells = Matrix.of().cells();
    assertEquals(List.of(0.0, 200.0), cells.stream().map(Cell::arrivalsPerSecond).toList());
  }

  @Test
  void theStarChangesOneParameterAtATime() {
    // The middle; 2 other numbers of tenants, 5 traces, 2 budgets, 4 numbers of threads.
    assertEquals(14, Matrix.of("matrix=star loop=closed").cells().size());
  }

  @Test
  void theCrossHasEveryCombination() {
    assertEquals(3 * 6 * 3 * 5, Matrix.of("matrix=cross", "loop=closed").cells().size());
  }

  @Test
  void wordsReplaceDefaults() {
    Matrix matrix = Matrix.of("tenants=3 trace=zipf", "ways=none,agent rounds=7");
    assertTrue(matrix.cells().stream().allMatch(cell -> cell.tenants() == 3));
    assertTrue(matrix.cells().stream().allMatch(cell -> cell.trace() == Trace.ZIPF));
    assertEquals(List.of("none", "agent"), matrix.ways().stream().map(Way::name).toList());
    assertEquals(7, matrix.rounds());
  }

  @Test
  void whatNobodyKnowsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Matrix.of("tenant=3"));
    assertThrows(IllegalArgumentException.class, () -> Matrix.of("matrix=huge"));
    assertThrows(IllegalArgumentException.class, () -> Matrix.of("ways=nobody").ways());
  }
}
