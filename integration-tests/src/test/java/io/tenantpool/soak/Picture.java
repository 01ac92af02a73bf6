package io.tenantpool.soak;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The samples as a small SVG: one strip for each figure, and a mark for each disturbance. */
final class Picture {

  private static final int WIDTH = 900;
  private static final int LEFT = 60;
  private static final int STRIP = 120;
  private static final int GAP = 34;
  private static final int TOP = 30;
  private static final int MOST_POINTS = 400;
  private static final int LEGEND_COLUMN = 170;
  private static final int LEGEND_LINE = 16;

  private final List<Sample> samples;
  private final List<Mark> marks;
  private final double seconds;
  private final StringBuilder svg = new StringBuilder();

  /** A disturbance, and when it came. */
  record Mark(double second, Disturbance what) {}

  /** A line of a strip. */
  private record Line(String name, String colour, ToDoubleFunction<Sample> figure) {}

  Picture(List<Sample> samples, List<Mark> marks) {
    this.samples = samples;
    this.marks = marks;
    this.seconds = samples.isEmpty() ? 1 : samples.get(samples.size() - 1).second();
  }

  String draw(String title) {
    Set<Disturbance> kinds = new LinkedHashSet<>();
    marks.forEach(mark -> kinds.add(mark.what()));
    int columns = (WIDTH - LEFT) / LEGEND_COLUMN;
    int legend = TOP + 4 * (STRIP + GAP);
    int height = legend + LEGEND_LINE * (1 + (kinds.size() + columns - 1) / columns);
    add("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' ", WIDTH, height);
    add(
        "font-family='sans-serif' font-size='11'>\n<rect width='100%%' height='100%%' fill='#fff'/>");
    text(LEFT, TOP / 2, "#000", title);
    strip(
        0,
        "connections",
        new Line("allowed", "#c33", sample -> Math.min(sample.allowed(), 2 * Stage.CAP)),
        new Line("sockets at the proxy", "#36c", Sample::sockets),
        new Line("lent", "#2a2", Sample::active));
    strip(1, "units of work per second", new Line("", "#36c", Sample::unitsPerSecond));
    strip(2, "heap after a collection, MB", new Line("", "#36c", Sample::heapMegabytes));
    strip(3, "threads", new Line("", "#36c", Sample::threads));
    int number = 0;
    for (Disturbance kind : kinds) {
      int x = LEFT + number % columns * LEGEND_COLUMN;
      int y = legend + number / columns * LEGEND_LINE;
      add("<rect x='%d' y='%d' width='3' height='10' fill='%s'/>", x, y - 9, kind.colour());
      text(x + 8, y, "#000", kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      number++;
    }
    return svg.append("</svg>\n").toString();
  }

  private void strip(int number, String name, Line... lines) {
    int top = TOP + number * (STRIP + GAP);
    double most = 1;
    for (Line line : lines) {
      most = Math.max(most, samples.stream().mapToDouble(line.figure()).max().orElse(1));
    }
    add(
        "<rect x='%d' y='%d' width='%d' height='%d' fill='#f6f6f6'/>",
        LEFT, top, WIDTH - LEFT, STRIP);
    for (Mark mark : marks) {
      double x = x(mark.second());
      add(
          "<path d='M%.1f %dv%d' stroke='%s' stroke-opacity='.35'/>",
          x, top, STRIP, mark.what().colour());
    }
    text(LEFT, top - 5, "#000", name);
    text(LEFT - 38, top + 10, "#666", String.format(Locale.ROOT, "%.0f", most));
    text(LEFT - 38, top + STRIP, "#666", "0");
    int x = LEFT + LEGEND_COLUMN;
    for (Line line : lines) {
      text(x, top - 5, line.colour(), line.name());
      x += LEGEND_COLUMN;
      line(line, top, most);
    }
    text(WIDTH - 70, top + STRIP + 12, "#666", String.format(Locale.ROOT, "%.0f s", seconds));
  }

  /** Of the samples that share a point of the picture the highest is drawn. */
  private void line(Line line, int top, double most) {
    int each = Math.max(1, (samples.size() + MOST_POINTS - 1) / MOST_POINTS);
    List<String> points = new ArrayList<>();
    for (int from = 0; from < samples.size(); from += each) {
      List<Sample> together = samples.subList(from, Math.min(from + each, samples.size()));
      double value = together.stream().mapToDouble(line.figure()).max().orElse(0);
      points.add(
          String.format(
              Locale.ROOT,
              "%.1f,%.1f",
              x(together.get(0).second()),
              top + STRIP - value / most * STRIP));
    }
    add("<polyline fill='none' stroke='%s' points='%s'/>", line.colour(), String.join(" ", points));
  }

  private double x(double second) {
    return LEFT + second / seconds * (WIDTH - LEFT);
  }

  private void text(int x, int y, String colour, String text) {
    add("<text x='%d' y='%d' fill='%s'>%s</text>", x, y, colour, text);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
