package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/monitoring.md} names all that operators can read, change and call. */
final class MonitoringPageTest {

  private static final Pattern ACCESSOR = Pattern.compile("^(get|is|set)(?=[A-Z])");
  private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
  private static final Pattern PART_OF_A_TIMER = Pattern.compile("_(bucket|count|sum|max)$");

  private static Set<String> namedOnThePage() throws IOException {
    Path besideTheModule = Path.of("..", "docs", "monitoring.md");
    Path page = Files.exists(besideTheModule) ? besideTheModule : Path.of("docs", "monitoring.md");
    Set<String> names =
        QUOTED
            .matcher(Files.readString(page).replaceAll("(?s)```.*?```", ""))
            .results()
            .map(hit -> hit.group(1).replaceAll("\\(.*", ""))
            .collect(Collectors.toSet());
    assertTrue(names.size() > 100, names::toString);
    return names;
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        PoolManagerMXBean.class,
        ServerMXBean.class,
        TenantMXBean.class,
        WatchedTenantMXBean.class
      })
  void everyAttributeAndOperation(Class<?> type) throws IOException {
    Set<String> missing = new TreeSet<>();
    for (Method method : type.getMethods()) {
      missing.add(ACCESSOR.matcher(method.getName()).replaceFirst(""));
    }
    assertTrue(missing.size() > 9, missing::toString);
    missing.removeAll(namedOnThePage());
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyMetric() throws IOException {
    Set<String> missing = new TreeSet<>();
    for (String metric : MonitoringFilesTest.exposed()) {
      missing.add(
          PART_OF_A_TIMER.matcher(metric.substring("tenantpool_".length())).replaceFirst(""));
    }
    assertTrue(missing.size() > 40, missing::toString);
    missing.removeAll(namedOnThePage());
    assertEquals(Set.of(), missing);
  }
}
