package io.tenantpool.it.outages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reliability.md} names tests that exist, and has a line for every outage. */
final class ReliabilityPageTest {

  private static final Path PAGE = Path.of("..", "docs", "reliability.md");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)[`.]");
  private static final Pattern OUTAGE = Pattern.compile("\\| `([A-Z_]+)` \\|");
  private static final int TESTS_AT_LEAST = 2;

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Set<String> there = new TreeSet<>();
    for (Path module : Set.of(Path.of("..", "agent"), Path.of("..", "integration-tests"))) {
      try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
        files.map(file -> file.getFileName().toString().replace(".java", "")).forEach(there::add);
      }
    }
    Set<String> named = found(TEST);
    assertTrue(named.size() >= TESTS_AT_LEAST, named::toString);
    named.removeAll(there);
    assertEquals(Set.of(), named, "named, and not there");
  }

  @Test
  void everyOutageHasItsLine() throws IOException {
    Set<String> outages =
        Stream.of(Outage.values()).map(Outage::name).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(outages, found(OUTAGE));
  }

  private static Set<String> found(Pattern pattern) throws IOException {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
