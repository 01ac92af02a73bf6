package io.tenantpool.it.monitoring;

import io.tenantpool.it.monitoring.PanelPainter.Line;
import io.tenantpool.it.monitoring.PrometheusServer.Series;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Makes the picture of the dashboard in docs/monitoring: an application works under the agent, a
 * real Prometheus scrapes it, and each panel is drawn from what its queries answer. It needs the
 * Debian package {@code prometheus}.
 */
public final class DashboardPicture {

  private static final int TENANTS = 30;
  private static final int BUDGET = 12;
  private static final int UNIT = 50;
  private static final int ROW = 24;
  private static final int COLUMNS = 24;
  private static final int GAP = 6;
  private static final Color BACKGROUND = new Color(0x111217);
  private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

  private DashboardPicture() {}

  /** Arguments: seconds of work, the file to write. */
  public static void main(String[] arguments) throws Exception {
    int seconds = Integer.parseInt(arguments[0]);
    Path target = Path.of(arguments[1]).toAbsolutePath();
    Path directory = Files.createTempDirectory("dashboard");
    try (RunningJvm child = application(seconds)) {
      String line = child.awaitErrorLine(l -> l.contains(" http-listening "));
      MonitoringFiles.configurePrometheus(
          directory, Integer.parseInt(line.replaceAll(".* port=(\\d+).*", "$1")));
      int port = MonitoringFiles.freePort();
      Process prometheus =
          Tool.named("prometheus")
              .start(
                  directory,
                  "--config.file=prometheus.yml",
                  "--storage.tsdb.path=data",
                  "--web.listen-address=127.0.0.1:" + port);
      try {
        WatchedApplication.await(
            port, "/api/v1/query?query=tenantpool_borrows_total", p -> p.contains("\"value\":"));
        long from = Instant.now().getEpochSecond();
        child.awaitLine("done");
        long to = Instant.now().getEpochSecond();
        draw(new PrometheusServer(port), from, to, target);
      } finally {
        prometheus.destroy();
        prometheus.waitFor();
      }
    } finally {
      delete(directory);
    }
  }

  private static RunningJvm application(int seconds) throws SQLException {
    TestPostgres postgres = TestPostgres.shared();
    List<String> arguments = new ArrayList<>(List.of(Integer.toString(seconds)));
    for (String tenant : postgres.createDatabases("tenant", TENANTS)) {
      arguments.add(postgres.url(tenant) + "?user=" + postgres.adminUser());
    }
    return ChildJvm.of(BusyProgram.class, arguments.toArray(String[]::new))
        .agent("acquire-timeout=1s,http-port=0,max-connections=" + BUDGET)
        .setting("http-token", WatchedApplication.TOKEN)
        .limit(Duration.ofMinutes(10))
        .start();
  }

  private static void draw(PrometheusServer prometheus, long from, long to, Path target)
      throws IOException, InterruptedException {
    JsonNode panels =
        new ObjectMapper()
            .readTree(Files.readString(MonitoringFiles.DIRECTORY.resolve("dashboard.json")))
            .path("panels");
    int rows = 0;
    for (JsonNode panel : panels) {
      JsonNode at = panel.path("gridPos");
      rows = Math.max(rows, at.path("y").asInt() + at.path("h").asInt());
    }
    BufferedImage image =
        new BufferedImage(COLUMNS * UNIT + GAP, rows * ROW + GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setColor(BACKGROUND);
    canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
    PanelPainter painter = new PanelPainter(canvas, from, to);
    for (JsonNode panel : panels) {
      List<Line> lines = lines(prometheus, panel, from, to);
      String title = panel.path("title").asString();
      if (panel.path("type").asString().equals("bargauge")) {
        painter.bars(place(panel), title, lines);
      } else {
        String unit = panel.path("fieldConfig").path("defaults").path("unit").asString();
        painter.chart(place(panel), title, unit, lines);
      }
    }
    canvas.dispose();
    ImageIO.write(image, "png", target.toFile());
    System.out.println(target + ": " + Files.size(target) / 1024 + " KB");
  }

  private static Rectangle place(JsonNode panel) {
    JsonNode at = panel.path("gridPos");
    return new Rectangle(
        at.path("x").asInt() * UNIT + GAP,
        at.path("y").asInt() * ROW + GAP,
        at.path("w").asInt() * UNIT - GAP,
        at.path("h").asInt() * ROW - GAP);
  }

  private static List<Line> lines(PrometheusServer prometheus, JsonNode panel, long from, long to)
      throws IOException, InterruptedException {
    List<Line> lines = new ArrayList<>();
    for (JsonNode target : panel.path("targets")) {
      String expression =
          target
              .path("expr")
              .asString()
              .replace("$__rate_interval", "5s")
              .replace("$instance", ".*")
              .replace("$server", ".*");
      for (Series series : prometheus.range(expression, from, to)) {
        Matcher label = LABEL.matcher(target.path("legendFormat").asString());
        lines.add(
            new Line(
                label.replaceAll(
                    found ->
                        Matcher.quoteReplacement(series.labels().getOrDefault(found.group(1), ""))),
                series));
      }
    }
    return lines;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
