package io.tenantpool.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The rounds of the same way under the same load, as one. */
final class Medians {

  private static final List<Column> SHOWN =
      List.of(
          Column.UNITS_PER_SECOND,
          Column.P50_MS,
          Column.P99_MS,
          Column.P999_MS,
          Column.FAILED,
          Column.UNSERVED,
          Column.SERVER_CONNECTIONS_MAX,
          Column.CONNECTS_PER_SECOND,
          Column.HIT_RATE,
          Column.CPU_CLIENT_SECONDS,
          Column.CPU_POOLER_SECONDS,
          Column.CPU_SERVER_SECONDS);

  private Medians() {}

  /** The rows that were measured, by the values of these columns, in the order of the file. */
  static Map<List<String>, List<Row>> group(List<Row> rows, List<Column> columns) {
    Map<List<String>, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      if (!row.isSkipped()) {
        groups.computeIfAbsent(row.key(columns), key -> new ArrayList<>()).add(row);
      }
    }
    return groups;
  }

  /** The median of a column; of an even number of rows the mean of the two in the middle. */
  static OptionalDouble of(List<Row> rows, Column column) {
    double[] sorted =
        rows.stream()
            .map(row -> row.number(column))
            .flatMapToDouble(OptionalDouble::stream)
            .sorted()
            .toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }

  /** A table for each load, in Markdown. */
  static String table(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    group(rows, Column.CELL)
        .forEach(
            (cell, ofCell) -> {
              text.append("\n");
              for (int i = 0; i < cell.size(); i++) {
                if (!cell.get(i).isEmpty()) {
                  text.append(Column.CELL.get(i).label()).append(' ').append(cell.get(i));
                  text.append(i < cell.size() - 1 ? ", " : "\n\n");
                }
              }
              text.append("| way |");
              SHOWN.forEach(column -> text.append(' ').append(column.label()).append(" |"));
              text.append("\n|---|").append("---|".repeat(SHOWN.size())).append('\n');
              group(ofCell, List.of(Column.WAY))
                  .forEach((way, ofWay) -> text.append(line(way.get(0), ofWay)));
            });
    return text.toString();
  }

  private static String line(String way, List<Row> rows) {
    StringBuilder line = new StringBuilder("| " + way + " |");
    for (Column column : SHOWN) {
      OptionalDouble median = of(rows, column);
      String value = median.isPresent() ? format(median.getAsDouble()) : "";
      line.append(' ').append(value).append(" |");
    }
    return line.append('\n').toString();
  }

  private static String format(double value) {
    boolean whole = value == Math.rint(value) || value >= 1_000;
    return String.format(Locale.ROOT, whole ? "%.0f" : "%.2f", value);
  }
}
