package io.tenantpool.benchmarks;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler;

/**
 * SVG pictures of medians, by name. Of the loads of a loop the one that was measured most often is
 * the middle; what was varied around it has a picture of its own.
 */
final class Pictures {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 420;
  private static final List<Column> VARIED =
      List.of(Column.TENANTS, Column.TRACE, Column.BUDGET, Column.THREADS);

  private final Map<String, byte[]> pictures = new LinkedHashMap<>();

  private Pictures() {}

  static Map<String, byte[]> of(List<Row> rows) throws IOException {
    Pictures pictures = new Pictures();
    for (Map.Entry<List<String>, List<Row>> loop :
        Medians.group(rows, List.of(Column.LOOP)).entrySet()) {
      pictures.drawLoop(loop.getKey().get(0), loop.getValue());
    }
    return pictures.pictures;
  }

  private void drawLoop(String loop, List<Row> rows) throws IOException {
    List<Row> middle =
        Medians.group(rows, Column.CELL).values().stream()
            .max(Comparator.comparingInt(each -> closeness(each.get(0), rows)))
            .orElseThrow();
    String load = describe(middle.get(0));
    bars(loop + "-units", load, "units per second", middle, List.of(Column.UNITS_PER_SECOND), 1);
    bars(
        loop + "-latency",
        load,
        "milliseconds",
        middle,
        List.of(Column.P50_MS, Column.P99_MS, Column.P999_MS),
        1);
    bars(
        loop + "-connections",
        load,
        "server connections, at most",
        middle,
        List.of(Column.SERVER_CONNECTIONS_MAX),
        1);
    bars(
        loop + "-processors",
        load,
        "milliseconds of a processor for each unit",
        perUnit(middle),
        List.of(Column.CPU_CLIENT_SECONDS, Column.CPU_POOLER_SECONDS, Column.CPU_SERVER_SECONDS),
        1_000);
    for (Column varied : VARIED) {
      List<Row> along = rows.stream().filter(row -> isAlong(varied, row, middle.get(0))).toList();
      if (Medians.group(along, List.of(varied)).size() > 1) {
        groups(loop + "-units-by-" + varied.label(), along, varied, Column.UNITS_PER_SECOND);
        groups(loop + "-p99-by-" + varied.label(), along, varied, Column.P99_MS);
      }
    }
  }

  /** How many rows of other loads differ from this one in one parameter or none. */
  private static int closeness(Row middle, List<Row> rows) {
    return (int)
        rows.stream()
            .filter(row -> VARIED.stream().anyMatch(varied -> isAlong(varied, row, middle)))
            .count();
  }

  private static boolean isAlong(Column varied, Row row, Row middle) {
    List<Column> others = Column.CELL.stream().filter(column -> column != varied).toList();
    return row.key(others).equals(middle.key(others));
  }

  private static String describe(Row row) {
    String rate = row.text(Column.ARRIVALS_PER_SECOND);
    return row.text(Column.TENANTS)
        + " tenants, "
        + row.text(Column.TRACE)
        + ", "
        + row.text(Column.LOOP)
        + " loop"
        + (rate.isEmpty() ? "" : " of " + rate + " units per second")
        + ", budget "
        + row.text(Column.BUDGET)
        + ", "
        + row.text(Column.THREADS)
        + " threads";
  }

  private static List<Row> perUnit(List<Row> rows) {
    List<Row> divided = new ArrayList<>();
    for (Row row : rows) {
      double units = row.number(Column.UNITS).orElse(0);
      Row.Builder builder = new Row.Builder().with(Column.WAY, row.text(Column.WAY));
      for (Column column :
          List.of(
              Column.CPU_CLIENT_SECONDS, Column.CPU_POOLER_SECONDS, Column.CPU_SERVER_SECONDS)) {
        OptionalDouble seconds = row.number(column);
        if (units > 0 && seconds.isPresent()) {
          builder.with(column, Double.toString(seconds.getAsDouble() / units));
        }
      }
      divided.add(builder.build());
    }
    return divided;
  }

  /** A group of bars for each way. */
  private void bars(
      String name, String title, String unit, List<Row> rows, List<Column> columns, double factor)
      throws IOException {
    Map<List<String>, List<Row>> byWay = Medians.group(rows, List.of(Column.WAY));
    List<String> ways = byWay.keySet().stream().map(key -> key.get(0)).toList();
    CategoryChart chart = chart(title, "", unit);
    for (Column column : columns) {
      List<Double> values =
          byWay.values().stream().map(each -> factor * Medians.of(each, column).orElse(0)).toList();
      chart.addSeries(column.label(), ways, values);
    }
    chart.getStyler().setLegendVisible(columns.size() > 1);
    chart.getStyler().setXAxisLabelRotation(30);
    add(name, chart);
  }

  /** A group of bars for each value of what was varied, a bar for each way. */
  private void groups(String name, List<Row> rows, Column varied, Column column)
      throws IOException {
    List<String> places =
        Medians.group(rows, List.of(varied)).keySet().stream()
            .map(key -> key.get(0))
            .sorted(
                Comparator.comparing(
                    place -> varied == Column.TRACE ? 0 : Double.parseDouble(place)))
            .toList();
    CategoryChart chart = chart(describe(rows.get(0)), varied.label(), column.label());
    Medians.group(rows, List.of(Column.WAY))
        .forEach(
            (way, ofWay) -> {
              Map<List<String>, List<Row>> byPlace = Medians.group(ofWay, List.of(varied));
              List<Double> values =
                  places.stream()
                      .map(place -> byPlace.getOrDefault(List.of(place), List.of()))
                      .map(each -> Medians.of(each, column).orElse(0))
                      .toList();
              chart.addSeries(way.get(0), places, values);
            });
    add(name, chart);
  }

  private static CategoryChart chart(String title, String x, String y) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    return chart;
  }

  private void add(String name, CategoryChart chart) throws IOException {
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsFormat.SVG);
    pictures.put(name, svg.toByteArray());
  }
}
