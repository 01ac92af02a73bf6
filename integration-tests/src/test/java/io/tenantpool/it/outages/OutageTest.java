package io.tenantpool.it.outages;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tenantpool.it.pools.PoolLibrary;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/**
 * Every {@link Outage} in every {@link Way}, with the finished jar and without: what is right is
 * said in {@link Verdict}. One program goes through all of them with the agent, and one without at
 * the same time: both only wait for most of their time.
 *
 * <p>{@code -Dtest.outages=SERVER_AWAY,HALF_CLOSED} is about these rows alone.
 */
final class OutageTest {

  private static final int TENANTS = 2;
  private static final Duration LIMIT = Duration.ofMinutes(8);

  private static final List<String> ROWS = new ArrayList<>();

  /** For {@code docs/reliability.md}; figures are without the agent / with it. */
  @AfterAll
  static void writeTable() throws IOException {
    ROWS.add(
        0,
        "| fault | way | failed | failed of another tenant | longest getConnection, ms | back after, ms | sockets |");
    ROWS.add(1, "|---|---|---|---|---|---|---|");
    Files.write(Path.of("target", "outages.md"), ROWS);
  }

  @TestFactory
  Stream<DynamicContainer> noWorseThanWithoutTheAgent() {
    List<Outage> outages = outages().toList();
    Future<Map<String, Sight>> without = sights(outages, false);
    Future<Map<String, Sight>> with = sights(outages, true);
    return outages.stream().map(outage -> row(outage, without, with));
  }

  private static Stream<Outage> outages() {
    String chosen = System.getProperty("test.outages", "");
    return chosen.isEmpty()
        ? Arrays.stream(Outage.values())
        : Arrays.stream(chosen.split(",")).map(Outage::valueOf);
  }

  private static DynamicContainer row(
      Outage outage, Future<Map<String, Sight>> without, Future<Map<String, Sight>> with) {
    return dynamicContainer(
        outage.name(),
        Arrays.stream(Way.values())
            .map(
                way ->
                    dynamicTest(way.name(), () -> judge(outage, way, without.get(), with.get()))));
  }

  private static void judge(
      Outage outage, Way way, Map<String, Sight> without, Map<String, Sight> with) {
    Verdict verdict = new Verdict(outage, way, seen(without, outage, way), seen(with, outage, way));
    System.out.println(verdict);
    ROWS.add(verdict.row());
    Assertions.assertAll(verdict.checks());
    Assumptions.assumeTrue(verdict.timesAreTelling(), "the machine is too busy to tell times");
    Assertions.assertAll(verdict.checksOfTime());
  }

  private static Sight seen(Map<String, Sight> sights, Outage outage, Way way) {
    return Objects.requireNonNull(
        sights.get(name(outage.name(), way.name())),
        () -> "nothing was seen of " + outage + " " + way);
  }

  private static String name(String outage, String way) {
    return outage + ' ' + way;
  }

  private static Future<Map<String, Sight>> sights(List<Outage> outages, boolean withAgent) {
    return CompletableFuture.supplyAsync(
        () -> run(outages, withAgent), task -> new Thread(task, "outages").start());
  }

  private static Map<String, Sight> run(List<Outage> outages, boolean withAgent) {
    ChildJvm child =
        ChildJvm.of(OutageProgram.class, arguments(outages).toArray(String[]::new))
            .limit(LIMIT)
            .classPath(PoolLibrary.HIKARICP_7.classPath())
            .classPath(PoolLibrary.DBCP_2.classPath())
            .classPath(PoolLibrary.AGROAL.classPath())
            .agent(withAgent);
    if (withAgent) {
      child
          .setting("max-connections", Verdict.CAP)
          .setting("max-connections-per-tenant", Way.POOL_SIZE)
          .setting("acquire-timeout", Way.ACQUIRE_TIMEOUT_MILLIS + "ms");
    }
    ChildJvm.Outcome outcome = child.run().succeeded();
    Map<String, Sight> sights = new HashMap<>();
    for (String line : outcome.out()) {
      String[] words = line.split("\t", 3);
      if (words.length == 3) {
        sights.put(name(words[0], words[1]), Sight.of(words[2]));
      }
    }
    if (withAgent) {
      write("outages.log", outcome.err());
    }
    if (outcome.errText().contains(" not-pooled ")) {
      throw new AssertionError(outcome.errText());
    }
    return sights;
  }

  private static void write(String file, List<String> lines) {
    try {
      Files.write(Path.of("target", file), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> arguments(List<Outage> outages) {
    TestPostgres server = TestPostgres.shared();
    try {
      List<String> arguments = new ArrayList<>();
      String names = outages.stream().map(Outage::name).collect(Collectors.joining(","));
      arguments.addAll(List.of(names, server.host(), String.valueOf(server.port())));
      // Where nobody checks passwords, a storm of logins costs the clients no processors.
      arguments.addAll(List.of(server.adminUser(), server.adminPassword()));
      arguments.addAll(server.createDatabases("outage", TENANTS));
      return arguments;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
