package io.tenantpool.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The runs of an act side by side: a line for each figure, a column for each run. */
final class ResultTable {

  private static final String NONE = "-";
  private static final int NAME_WIDTH = 36;
  private static final int COLUMN_WIDTH = 15;

  /** One line of the table. */
  private record Line(String name, Function<RunResult, String> value) {}

  private static final List<Line> LINES =
      List.of(
          new Line("units of work per second", r -> number(r.program().unitsPerSecond())),
          new Line("latency p50", r -> millis(r.program().p50Micros())),
          new Line("latency p99", r -> millis(r.program().p99Micros())),
          new Line("failures", r -> number(r.program().failures())),
          new Line("tenants served", r -> number(r.program().tenants())),
          new Line(
              "peak of connections, client sockets",
              r -> r.socketPeak().isPresent() ? number(r.socketPeak().getAsInt()) : NONE),
          new Line("peak of connections, server", r -> number(r.serverPeak())),
          new Line("connects made", r -> number(r.connects())),
          new Line("evictions", r -> r.agent().map(a -> number(a.evictions())).orElse(NONE)),
          new Line("hit rate", r -> r.agent().map(ResultTable::hitRate).orElse(NONE)),
          new Line("orders placed", r -> number(r.program().orders())),
          new Line("orders found in the databases", r -> number(r.books().ordersPlaced())));

  private ResultTable() {}

  static void print(List<RunResult> results, PrintStream out) {
    out.println(row("", results.stream().map(r -> r.run().title()).toList()));
    out.println("-".repeat(NAME_WIDTH + 2 + results.size() * COLUMN_WIDTH));
    for (Line line : LINES) {
      out.println(row(line.name(), results.stream().map(line.value()).toList()));
    }
  }

  private static String row(String name, List<String> values) {
    StringBuilder row = new StringBuilder(("  %-" + NAME_WIDTH + "s").formatted(name));
    values.forEach(value -> row.append(("%" + COLUMN_WIDTH + "s").formatted(value)));
    return row.toString();
  }

  private static String hitRate(AgentFigures agent) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * agent.hitRate());
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.2f ms", micros / 1000.0);
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }
}
