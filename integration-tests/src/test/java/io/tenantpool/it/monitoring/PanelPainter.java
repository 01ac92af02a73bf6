package io.tenantpool.it.monitoring;

import io.tenantpool.it.monitoring.PrometheusServer.Series;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Draws one panel of a dashboard, much as Grafana does. */
final class PanelPainter {

  private static final Color BACKGROUND = new Color(0x181b1f);
  private static final Color BORDER = new Color(0x2c3035);
  private static final Color TEXT = new Color(0xccccdc);
  private static final Color FAINT = new Color(0x8e8ea0);
  private static final Color GREEN = new Color(0x73bf69);
  private static final Color YELLOW = new Color(0xf2cc0c);
  private static final Color RED = new Color(0xf2495c);
  private static final Color[] LINES = {
    GREEN,
    YELLOW,
    new Color(0x5794f2),
    new Color(0xff9830),
    RED,
    new Color(0xb877d9),
    new Color(0x8ab8ff),
    new Color(0xffee52),
    new Color(0x37872d),
    new Color(0xff7383)
  };
  private static final int STEPS = 4;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Graphics2D canvas;
  private final long from;
  private final long to;

  PanelPainter(Graphics2D canvas, long from, long to) {
    this.canvas = canvas;
    this.from = from;
    this.to = to;
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
  }

  /** A series with the name that the legend gives it. */
  record Line(String name, Series series) {}

  /** Bars of the last values, 0 to 1. */
  void bars(Rectangle at, String title, List<Line> lines) {
    frame(at, title);
    int height = (at.height - 40) / Math.max(1, lines.size());
    int y = at.y + 34;
    for (Line line : lines) {
      double[] values = line.series.values();
      double value = values.length == 0 ? 0 : values[values.length - 1];
      text(line.name, at.x + 12, y + height / 2 + 4, TEXT);
      int left = at.x + 250;
      int width = at.width - 350;
      canvas.setColor(BORDER);
      canvas.fillRect(left, y + 4, width, height - 10);
      canvas.setColor(value > 0.9 ? RED : value > 0.8 ? YELLOW : GREEN);
      canvas.fillRect(left, y + 4, (int) (width * Math.min(1, value)), height - 10);
      text(number(value, "percentunit"), left + width + 14, y + height / 2 + 4, TEXT);
      y += height;
    }
  }

  /** Lines over time with their legend. */
  void chart(Rectangle at, String title, String unit, List<Line> lines) {
    frame(at, title);
    Rectangle plot = new Rectangle(at.x + 64, at.y + 34, at.width - 96, at.height - 102);
    double top = round(lines.stream().mapToDouble(l -> max(l.series)).max().orElse(0));
    for (int i = 0; i <= STEPS; i++) {
      int y = plot.y + plot.height - plot.height * i / STEPS;
      canvas.setColor(BORDER);
      canvas.drawLine(plot.x, y, plot.x + plot.width, y);
      String label = number(top * i / STEPS, unit);
      text(label, plot.x - 8 - canvas.getFontMetrics().stringWidth(label), y + 4, FAINT);
      long second = from + (to - from) * i / STEPS;
      text(
          TIME.format(Instant.ofEpochSecond(second)),
          plot.x + plot.width * i / STEPS - 26,
          plot.y + plot.height + 16,
          FAINT);
    }
    if (lines.isEmpty()) {
      text("nothing in this time", plot.x + plot.width / 2 - 50, plot.y + plot.height / 2, FAINT);
    }
    for (int i = 0; i < lines.size(); i++) {
      curve(plot, top, lines.get(i).series, LINES[i % LINES.length]);
    }
    legend(at, lines);
  }

  /** In two rows; what finds no room is left out. */
  private void legend(Rectangle at, List<Line> lines) {
    int x = at.x + 24;
    int y = at.y + at.height - 28;
    for (int i = 0; i < lines.size(); i++) {
      String name = lines.get(i).name;
      int width = canvas.getFontMetrics().stringWidth(name) + 30;
      if (x + width > at.x + at.width) {
        x = at.x + 24;
        y += 18;
      }
      if (y < at.y + at.height) {
        canvas.setColor(LINES[i % LINES.length]);
        canvas.fillRect(x, y - 6, 12, 3);
        text(name, x + 16, y, TEXT);
      }
      x += width;
    }
  }

  private void curve(Rectangle plot, double top, Series series, Color colour) {
    Path2D path = new Path2D.Double();
    double before = Double.NaN;
    for (int i = 0; i < series.times().length; i++) {
      double value = series.values()[i];
      if (Double.isFinite(value)) {
        double x = plot.x + plot.width * (series.times()[i] - from) / (double) (to - from);
        double y = plot.y + plot.height * (1 - value / top);
        // A gap of some seconds is a gap of the line.
        if (series.times()[i] - before <= 2) {
          path.lineTo(x, y);
        } else {
          path.moveTo(x, y);
        }
        before = series.times()[i];
      }
    }
    canvas.setColor(colour);
    canvas.setStroke(new BasicStroke(1.6f));
    canvas.draw(path);
    canvas.setStroke(new BasicStroke(1));
  }

  private void frame(Rectangle at, String title) {
    canvas.setColor(BACKGROUND);
    canvas.fillRoundRect(at.x, at.y, at.width, at.height, 4, 4);
    canvas.setColor(BORDER);
    canvas.drawRoundRect(at.x, at.y, at.width, at.height, 4, 4);
    canvas.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
    text(title, at.x + 12, at.y + 20, TEXT);
    canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
  }

  private void text(String text, int x, int y, Color colour) {
    canvas.setColor(colour);
    canvas.drawString(text, x, y);
  }

  private static double max(Series series) {
    return Arrays.stream(series.values()).filter(Double::isFinite).max().orElse(0);
  }

  /** The next of 1, 2, 4, 5, 8 times a power of ten. */
  private static double round(double value) {
    if (value <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double factor : new double[] {1, 2, 4, 5, 8}) {
      if (value <= factor * power) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static String number(double value, String unit) {
    return switch (unit) {
      case "percentunit" -> format(value * 100) + " %";
      case "s" -> value < 1 ? format(value * 1000) + " ms" : format(value) + " s";
      case "ops" -> format(value) + "/s";
      default -> format(value);
    };
  }

  private static String format(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
