package io.tenantpool.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The results as RFC 4180 has it: a header, a line for each row, quotes where a value needs them.
 * No value contains a line break.
 */
final class Csv {

  private Csv() {}

  /** Adds a row; first the header, when the file is not there. */
  static void append(Path file, Row row) throws IOException {
    if (Files.notExists(file)) {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.writeString(file, header() + "\n");
    }
    Files.writeString(file, toLine(row) + "\n", StandardOpenOption.APPEND);
  }

  /** All rows. Columns may stand in any order, and some may be missing. */
  static List<Row> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty()) {
      throw new IOException(file + " has no header");
    }
    List<Column> columns = split(lines.get(0)).stream().map(Column::of).toList();
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> values = split(line);
      if (values.size() != columns.size()) {
        throw new IOException(file + ": " + values.size() + " values in " + line);
      }
      Row.Builder row = new Row.Builder();
      for (int i = 0; i < values.size(); i++) {
        row.with(columns.get(i), values.get(i));
      }
      rows.add(row.build());
    }
    return rows;
  }

  static String header() {
    return Arrays.stream(Column.values()).map(Column::label).collect(Collectors.joining(","));
  }

  static String toLine(Row row) {
    return Arrays.stream(Column.values())
        .map(column -> quoted(row.text(column)))
        .collect(Collectors.joining(","));
  }

  private static String quoted(String value) {
    String line = value.replace('\n', ' ').replace('\r', ' ');
    return line.contains(",") || line.contains("\"")
        ? "\"" + line.replace("\"", "\"\"") + "\""
        : line;
  }

  private static List<String> split(String line) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        // A doubled quote inside of quotes ends them and begins them again.
        if (!quoted && i > 0 && line.charAt(i - 1) == '"') {
          value.append(c);
        }
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        values.add(value.toString());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    values.add(value.toString());
    return values;
  }
}
