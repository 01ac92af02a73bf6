package io.tenantpool.benchmarks;

import io.tenantpool.benchmarks.way.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Puts all ways under the same loads, in turns: within each round every way has its turn, in an
 * order that changes. Each turn is a row of the CSV, measured or not. Arguments: the CSV, to which
 * rows are added, and the words of {@link Matrix}.
 */
public final class Compare {

  private final Matrix matrix;
  private final Path csv;
  private final List<Row> rows = new ArrayList<>();

  private Compare(Matrix matrix, Path csv) {
    this.matrix = matrix;
    this.csv = csv;
  }

  public static void main(String[] args) throws Exception {
    Path csv = Path.of(args[0]);
    List<Row> rows = run(Matrix.of(Arrays.copyOfRange(args, 1, args.length)), csv);
    System.out.println(Medians.table(rows));
    System.out.println("all rounds: " + csv);
  }

  /** Measures, and adds to the CSV. */
  static List<Row> run(Matrix matrix, Path csv) throws Exception {
    return new Compare(matrix, csv).run();
  }

  private List<Row> run() throws IOException, SQLException, InterruptedException {
    List<Cell> cells = matrix.cells();
    int tenants = cells.stream().mapToInt(Cell::tenants).max().orElseThrow();
    try (Server server = Server.start(tenants)) {
      Trial trial = new Trial(server, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      for (Cell cell : cells) {
        System.out.println(cell);
        for (int round = 0; round < matrix.rounds(); round++) {
          for (Way way : inTurn(round)) {
            add(turn(trial, way, cell, round));
          }
        }
      }
    }
    return rows;
  }

  /** Nobody is always the one who comes after a certain other. */
  private List<Way> inTurn(int round) {
    List<Way> ways = new ArrayList<>(matrix.ways());
    if (round % 2 == 1) {
      Collections.reverse(ways);
    }
    Collections.rotate(ways, round / 2);
    return ways;
  }

  private Row turn(Trial trial, Way way, Cell cell, int round)
      throws SQLException, InterruptedException {
    Optional<String> missing = way.missing();
    if (missing.isPresent()) {
      return trial.skipped(way, cell, round, missing.get());
    }
    try {
      return trial.run(way, cell, round, matrix.seed() + 2L * round);
    } catch (IOException e) {
      // One that cannot be measured must not cost the others their rows.
      return trial.skipped(way, cell, round, "broke down: " + e.getMessage());
    }
  }

  private void add(Row row) throws IOException {
    rows.add(row);
    Csv.append(csv, row);
    System.out.printf(
        Locale.ROOT,
        "  %s %-30s %s%n",
        row.text(Column.ROUND),
        row.text(Column.WAY),
        row.isSkipped()
            ? "skipped: " + row.text(Column.SKIPPED)
            : row.text(Column.UNITS_PER_SECOND)
                + "/s, p99 "
                + row.text(Column.P99_MS)
                + " ms, "
                + row.text(Column.FAILED)
                + " failed, "
                + row.text(Column.SERVER_CONNECTIONS_MAX)
                + " server connections");
  }
}
