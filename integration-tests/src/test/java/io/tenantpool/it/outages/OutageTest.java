package io.tenantpool.it.outages;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tenantpool.it.pools.PoolLibrary;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/**
 * Every {@link Outage} in every {@link Way}, with the finished jar and without: what is right is
 * said in {@link Verdict}. The programs only wait for most of their time, so some of them run at
 * once.
 *
 * <p>{@code -Dtest.outages=SERVER_AWAY,HALF_CLOSED} is about these rows alone.
 */
final class OutageTest {

  private static final int AT_ONCE = 2;
  private static final int TENANTS = 2;

  private static final List<String> ROWS = new ArrayList<>();

  private final Executor threads =
      Executors.newFixedThreadPool(
          2 * AT_ONCE,
          task -> {
            Thread thread = new Thread(task, "outage");
            thread.setDaemon(true);
            return thread;
          });

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
    return outages().map(this::row).toList().stream();
  }

  private static Stream<Outage> outages() {
    String chosen = System.getProperty("test.outages", "");
    return chosen.isEmpty()
        ? Arrays.stream(Outage.values())
        : Arrays.stream(chosen.split(",")).map(Outage::valueOf);
  }

  private DynamicContainer row(Outage outage) {
    Future<Map<Way, Sight>> without = sights(outage, false);
    Future<Map<Way, Sight>> with = sights(outage, true);
    return dynamicContainer(
        outage.name(),
        Arrays.stream(Way.values())
            .map(
                way ->
                    dynamicTest(way.name(), () -> judge(outage, way, without.get(), with.get()))));
  }

  private static void judge(Outage outage, Way way, Map<Way, Sight> without, Map<Way, Sight> with) {
    Verdict verdict = new Verdict(outage, way, seen(without, way), seen(with, way));
    System.out.println(verdict);
    ROWS.add(verdict.row());
    Assertions.assertAll(verdict.checks());
    Assumptions.assumeTrue(verdict.timesAreTelling(), "the machine is too busy to tell times");
    Assertions.assertAll(verdict.checksOfTime());
  }

  private static Sight seen(Map<Way, Sight> sights, Way way) {
    return Objects.requireNonNull(sights.get(way), () -> "nothing was seen of " + way);
  }

  private Future<Map<Way, Sight>> sights(Outage outage, boolean withAgent) {
    return CompletableFuture.supplyAsync(() -> run(outage, withAgent), threads);
  }

  private static Map<Way, Sight> run(Outage outage, boolean withAgent) {
    ChildJvm child =
        ChildJvm.of(OutageProgram.class, arguments(outage).toArray(String[]::new))
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
    Map<Way, Sight> sights = new EnumMap<>(Way.class);
    for (String line : outcome.out()) {
      String[] wayAndSight = line.split("\t", 2);
      if (wayAndSight.length == 2) {
        sights.put(Way.valueOf(wayAndSight[0]), Sight.of(wayAndSight[1]));
      }
    }
    if (outcome.errText().contains(" not-pooled ")) {
      throw new AssertionError(outcome.errText());
    }
    return sights;
  }

  private static List<String> arguments(Outage outage) {
    TestPostgres server = TestPostgres.shared();
    try {
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of(outage.name(), server.host(), String.valueOf(server.port())));
      arguments.addAll(List.of(server.createUser("outage", "secret"), "secret"));
      arguments.addAll(server.createDatabases("outage", TENANTS));
      return arguments;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
