package io.tenantpool.benchmarks.scale;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/** What grows with the tenants that are known, each figure in its own unit, as an SVG picture. */
final class ScalePicture {

  private ScalePicture() {}

  static byte[] of(List<Scale.Point> points) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(420)
            .title("One server, a hundred live tenants at most")
            .xAxisTitle("tenants known")
            .yAxisTitle("")
            .build();
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotGridLinesVisible(false);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    add(chart, "borrow and return, ns", points, Scale.Point::borrowNanos);
    add(chart, "heap, KB", points, point -> point.heapBytes() / 1024.0);
    add(chart, "all MBeans read, ms", points, Scale.Point::jmxMillis);
    add(chart, "/metrics, ms", points, Scale.Point::metricsMillis);
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsFormat.SVG);
    return svg.toByteArray();
  }

  private static void add(
      XYChart chart, String name, List<Scale.Point> points, ToDoubleFunction<Scale.Point> figure) {
    chart.addSeries(
        name,
        points.stream().mapToDouble(Scale.Point::tenants).toArray(),
        points.stream().mapToDouble(point -> Math.max(0.1, figure.applyAsDouble(point))).toArray());
  }
}
