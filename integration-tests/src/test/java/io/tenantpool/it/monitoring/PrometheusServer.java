package io.tenantpool.it.monitoring;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What a Prometheus at a port of this machine answers. */
final class PrometheusServer {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final int port;

  PrometheusServer(int port) {
    this.port = port;
  }

  /** A line of a chart: seconds since 1970, and the values at those. */
  record Series(Map<String, String> labels, double[] times, double[] values) {}

  /** All series of an expression, one value a second. */
  List<Series> range(String expression, long from, long to)
      throws IOException, InterruptedException {
    String path =
        "/api/v1/query_range?step=1&start="
            + from
            + "&end="
            + to
            + "&query="
            + URLEncoder.encode(expression, StandardCharsets.UTF_8);
    JsonNode answer = JSON.readTree(WatchedApplication.get(port, path).body());
    if (!answer.path("status").asString().equals("success")) {
      throw new IOException(expression + ": " + answer);
    }
    List<Series> all = new ArrayList<>();
    for (JsonNode result : answer.path("data").path("result")) {
      Map<String, String> labels = new LinkedHashMap<>();
      result
          .path("metric")
          .properties()
          .forEach(e -> labels.put(e.getKey(), e.getValue().asString()));
      JsonNode points = result.path("values");
      double[] times = new double[points.size()];
      double[] values = new double[points.size()];
      for (int i = 0; i < times.length; i++) {
        times[i] = points.get(i).get(0).asDouble();
        values[i] = Double.parseDouble(points.get(i).get(1).asString());
      }
      all.add(new Series(labels, times, values));
    }
    return all;
  }
}
