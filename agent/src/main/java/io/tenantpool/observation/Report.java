package io.tenantpool.observation;

import io.tenantpool.config.Mode;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.observation.capacity.CapacityReport;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.WatchedSnapshot;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the agent has to say of all servers, their caps, tenants and pins, for people to read. */
final class Report {

  private final String version;
  private final ModeSwitch mode;
  private final PoolFigures pool;
  private final CapacityCurves curves;

  Report(String version, ModeSwitch mode, PoolFigures pool, CapacityCurves curves) {
    this.version = version;
    this.mode = mode;
    this.pool = pool;
    this.curves = curves;
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("Tenant Pool Agent " + version);
    if (mode.current() != Mode.POOL) {
      lines.add("Mode: " + mode.current());
    }
    for (ServerSnapshot server : pool.servers()) {
      lines.add("");
      lines.addAll(about(server));
      lines.add("");
      lines.addAll(
          ServerStatus.lines(
              server, pool.liveTenants(server.server()), pool.pinSites(server.server())));
    }
    List<String> unpooled = NotPooledFigures.lines(pool.notPooledSites());
    if (!unpooled.isEmpty()) {
      lines.add("");
      lines.add("Not pooled");
      lines.addAll(unpooled);
    }
    return String.join("\n", lines) + "\n";
  }

  private List<String> about(ServerSnapshot server) {
    List<WatchedSnapshot> watched = pool.watched(server.server());
    WatchedSnapshot all = WatchedFigures.ofServer(watched);
    if (all == null) {
      return CapacityReport.lines(server, curves.curve(server, null));
    }
    List<String> lines = new ArrayList<>();
    if (server.borrows() > 0) {
      // Pooled as well, before or after.
      lines.addAll(CapacityReport.lines(server, curves.curve(server, all)));
      lines.add("");
    }
    lines.addAll(new WatchedReport(server, watched, curves.curve(server, all)).lines());
    return lines;
  }

  /** Says when that is not possible. */
  void writeTo(Path file, Faults faults) {
    try {
      Files.writeString(file, text());
    } catch (IOException | RuntimeException failure) {
      faults.report(
          FaultKind.OBSERVATION, "the report could not be written", file.toString(), failure);
    }
  }
}
