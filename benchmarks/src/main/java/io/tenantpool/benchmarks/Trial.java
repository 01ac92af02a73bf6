package io.tenantpool.benchmarks;

import io.tenantpool.benchmarks.load.Figures;
import io.tenantpool.benchmarks.load.Tenants;
import io.tenantpool.benchmarks.way.OpenWay;
import io.tenantpool.benchmarks.way.Site;
import io.tenantpool.benchmarks.way.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** One way under one load, for one round, from its setting up to its end. */
final class Trial {

  private static final long SERVER_EMPTY_MILLIS = 10_000;

  private final Server server;
  private final String run;

  /**
   * @param run the name of the run, which stands in all of its rows
   */
  Trial(Server server, String run) {
    this.server = server;
    this.run = run;
  }

  /** The row of a way that could not be measured. */
  Row skipped(Way way, Cell cell, int round, String reason) {
    return begin(way, cell, round).with(Column.SKIPPED, reason).build();
  }

  private Row.Builder begin(Way way, Cell cell, int round) {
    return cell.toRow()
        .with(Column.RUN, run)
        .with(Column.WAY, way.name())
        .with(Column.ROUND, round)
        .with(Column.HELD_TO_BUDGET, way.isHeldToBudget() ? "yes" : "no");
  }

  Row run(Way way, Cell cell, int round, long seed)
      throws IOException, SQLException, InterruptedException {
    server.provide(cell.tenants());
    server.settle();
    awaitEmptyServer();
    Path directory = Files.createTempDirectory("tenantpool-benchmarks");
    Site site =
        new Site(
            server.port(),
            cell.budget(),
            Math.max(cell.threads(), cell.tenants() * Tenants.POOL_SIZE),
            cell.timing().timeoutMillis(),
            directory);
    try (OpenWay open = way.open(site);
        Child child = Child.start(open, cell);
        ConnectionWatch watch = ConnectionWatch.start(server)) {
      if (cell.timing().warmUpMillis() > 0) {
        child.round(cell.timing().warmUpMillis(), seed + 1);
      }
      Optional<ProcessHandle> pooler = open.pooler().map(pool -> pool.handle());
      Usage before = usage(child, pooler);
      Figures figures = child.round(cell.timing().millis(), seed);
      Usage used = usage(child, pooler).since(before);
      return filled(begin(way, cell, round), figures, used, watch.most());
    } finally {
      delete(directory);
    }
  }

  private void awaitEmptyServer() throws SQLException, InterruptedException {
    long end = System.nanoTime() + SERVER_EMPTY_MILLIS * 1_000_000;
    while (server.connections() > 0) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("sessions of the last round are still there");
      }
      Thread.sleep(10);
    }
  }

  /** What was used since the start, in seconds of a processor and in sessions. */
  private record Usage(double client, double pooler, double server, long connects) {

    Usage since(Usage before) {
      return new Usage(
          client - before.client,
          pooler - before.pooler,
          server - before.server,
          connects - before.connects);
    }
  }

  private Usage usage(Child child, Optional<ProcessHandle> pooler) throws SQLException {
    return new Usage(
        ProcessorTime.ofTree(child.handle()),
        pooler.map(ProcessorTime::ofTree).orElse(0.0),
        ProcessorTime.ofTree(server.process()),
        server.connects());
  }

  private static Row filled(Row.Builder row, Figures figures, Usage used, int connections) {
    long asked = figures.units() + figures.failed();
    double hits = asked == 0 ? Double.NaN : Math.max(0, 1 - (double) used.connects() / asked);
    return row.with(Column.UNITS, figures.units())
        .with(Column.FAILED, figures.failed())
        .with(Column.UNSERVED, figures.unserved())
        .with(Column.UNITS_PER_SECOND, figures.unitsPerSecond())
        .with(Column.P50_MS, figures.p50())
        .with(Column.P90_MS, figures.p90())
        .with(Column.P99_MS, figures.p99())
        .with(Column.P999_MS, figures.p999())
        .with(Column.MAX_MS, figures.most())
        .with(Column.SERVER_CONNECTIONS_MAX, connections)
        .with(Column.CONNECTS, used.connects())
        .with(Column.CONNECTS_PER_SECOND, used.connects() / figures.seconds())
        .with(Column.HIT_RATE, hits)
        .with(Column.CPU_CLIENT_SECONDS, used.client())
        .with(Column.CPU_POOLER_SECONDS, used.pooler())
        .with(Column.CPU_SERVER_SECONDS, used.server())
        .build();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
