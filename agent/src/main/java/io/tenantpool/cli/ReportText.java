package io.tenantpool.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A report made of the MBeans, for an agent that makes none itself. */
final class ReportText {

  private static final List<String> SETTINGS =
      List.of(
          "MaxConnections",
          "ReservedConnections",
          "MaxConnectionsPerTenant",
          "AcquireTimeoutMillis",
          "MaxIdleTimeMillis",
          "MaxLifetimeMillis",
          "Reset");

  private final Reading reading;

  ReportText(Reading reading) {
    this.reading = reading;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(new StatusScreen(reading, Integer.MAX_VALUE).lines());
    for (Bean server : reading.servers()) {
      pinSites(server, lines);
    }
    lines.add("");
    lines.add("Settings in force");
    for (String setting : SETTINGS) {
      lines.add("  " + setting + " " + reading.manager().text(setting));
    }
    return lines;
  }

  private static void pinSites(Bean server, List<String> lines) {
    if (server.attributes().get("PinSites") instanceof List<?> sites && !sites.isEmpty()) {
      lines.add("");
      lines.add("What pinned connections of " + Words.visible(server.name()));
      for (Object site : sites) {
        if (site instanceof Map<?, ?> row) {
          lines.add(
              Words.visible(
                  "  " + row.get("count") + " x " + row.get("cause") + " at " + row.get("site")));
        }
      }
    }
  }
}
