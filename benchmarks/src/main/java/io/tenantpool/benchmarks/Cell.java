package io.tenantpool.benchmarks;

import io.tenantpool.benchmarks.load.Trace;
import io.tenantpool.benchmarks.load.UnitOfWork;
import java.util.List;

/**
 * One load, which all ways are put under.
 *
 * @param arrivalsPerSecond of an open loop; 0 for a closed one
 */
record Cell(
    int tenants,
    Trace trace,
    double arrivalsPerSecond,
    UnitOfWork work,
    int budget,
    int threads,
    Timing timing) {

  /** How long things take. */
  record Timing(double seconds, double warmUpSeconds, long timeoutMillis) {

    long millis() {
      return Math.round(seconds * 1_000);
    }

    long warmUpMillis() {
      return Math.round(warmUpSeconds * 1_000);
    }
  }

  /** The arguments of the application that say what load it is. */
  List<String> arguments() {
    return List.of(
        "" + timing.timeoutMillis(),
        "" + tenants,
        "" + budget,
        "" + threads,
        trace.label(),
        work.label(),
        "" + arrivalsPerSecond);
  }

  Row.Builder toRow() {
    return new Row.Builder()
        .with(Column.TENANTS, tenants)
        .with(Column.TRACE, trace.label())
        .with(Column.LOOP, arrivalsPerSecond > 0 ? "open" : "closed")
        .with(Column.ARRIVALS_PER_SECOND, arrivalsPerSecond > 0 ? "" + arrivalsPerSecond : "")
        .with(Column.WORK, work.label())
        .with(Column.BUDGET, budget)
        .with(Column.THREADS, threads)
        .with(Column.ROUND_SECONDS, timing.seconds())
        .with(Column.WARM_UP_SECONDS, timing.warmUpSeconds())
        .with(Column.TIMEOUT_MS, timing.timeoutMillis());
  }

  @Override
  public String toString() {
    return tenants
        + " tenants, "
        + trace.label()
        + (arrivalsPerSecond > 0 ? ", open loop of " + arrivalsPerSecond + "/s" : ", closed loop")
        + ", "
        + work.label()
        + ", budget "
        + budget
        + ", "
        + threads
        + " threads";
  }
}
