package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import io.tenantpool.config.Mode;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.TenantTags;
import io.tenantpool.connection.Pin;
import io.tenantpool.pool.WatchedSnapshot;
import io.tenantpool.upkeep.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in docs/monitoring ask for nothing that {@code /metrics} does not have. */
final class MonitoringFilesTest {

  private static final Pattern METRIC = Pattern.compile("\\btenantpool_[a-z_]+");

  private static final AgentLog LOG =
      new AgentLog(
          new EventLog(
              LogLevel.OFF, LogFormat.TEXT, new ManualTicker(), new EventQueue(), line -> {}));

  private static String file(String name) throws IOException {
    Path besideTheModule = Path.of("..", "docs", "monitoring", name);
    return Files.readString(
        Files.exists(besideTheModule) ? besideTheModule : Path.of("docs", "monitoring", name));
  }

  private static Set<String> metricsIn(String text) {
    return METRIC
        .matcher(text)
        .results()
        .map(hit -> hit.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Set<String> exposed() {
    StubPool pool = new StubPool();
    pool.tenant("acme", true);
    pool.watched.add(NoFigures.watched(""));
    pool.watched.add(
        new WatchedSnapshot("seen", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, Map.of(Pin.UNWRAPPED, 1L)));
    return names(page(pool, 10));
  }

  /** What {@code /metrics} says of the pool, with so many tenants. */
  static String page(StubPool pool, int tenants) {
    PoolManagerView manager =
        new PoolManagerView(
            "1.2.3",
            pool,
            pool.changes(LOG),
            new Cached<>(new ManualTicker(), List.of(), last -> pool.servers()),
            new Operations(pool, LOG, server -> {}),
            new ModeSwitch(Mode.POOL),
            new Report(
                "1.2.3",
                new ModeSwitch(Mode.POOL),
                pool,
                new CapacityCurves(new ManualTicker(), () -> Duration.ofSeconds(30))),
            new PoolManagerView.OwnCounts(new Faults(System.err), () -> 0, () -> 0));
    try (PrometheusStage stage =
        new PrometheusStage(pool, manager, new TenantTags(tenants), new ManualTicker())) {
      stage.server(StubPool.SERVER);
      return stage.scrape();
    }
  }

  /** Of a page in Prometheus' text format. */
  static Set<String> names(String page) {
    return page.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[ {]", 2)[0])
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dashboard.json", "alerts.yml", "alerts-test.yml"})
  void everyMetricThatAFileAsksForIsExposed(String name) throws IOException {
    Set<String> asked = metricsIn(file(name));
    assertTrue(asked.size() > 5, asked::toString);
    Set<String> unknown = new TreeSet<>(asked);
    unknown.removeAll(exposed());
    assertEquals(Set.of(), unknown);
  }

  @Test
  void everyRuleHasAUnitTest() throws IOException {
    Set<String> rules = alerts("- alert: (\\w+)", file("alerts.yml"));
    assertTrue(rules.size() > 5, rules::toString);
    assertEquals(rules, alerts("alertname: (\\w+)", file("alerts-test.yml")));
  }

  private static Set<String> alerts(String pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
