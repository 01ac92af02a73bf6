package io.tenantpool.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The columns of the results, units in their names. What was not measured is empty. */
enum Column {
  /** When the run began, in UTC; the same in all rows of a run. */
  RUN,
  WAY,
  ROUND,
  TENANTS,
  TRACE,
  /** {@code closed} or {@code open}. */
  LOOP,
  /** Of the open loop. */
  ARRIVALS_PER_SECOND,
  WORK,
  BUDGET,
  THREADS,
  ROUND_SECONDS,
  WARM_UP_SECONDS,
  TIMEOUT_MS,
  /** {@code yes}, or {@code no} where the way cannot be held to it. */
  HELD_TO_BUDGET,
  UNITS,
  FAILED,
  UNSERVED,
  UNITS_PER_SECOND,
  P50_MS,
  P90_MS,
  P99_MS,
  P999_MS,
  MAX_MS,
  /** The most backends at once, of samples. */
  SERVER_CONNECTIONS_MAX,
  CONNECTS,
  CONNECTS_PER_SECOND,
  /** Units for which the server opened no session, of all. */
  HIT_RATE,
  CPU_CLIENT_SECONDS,
  CPU_POOLER_SECONDS,
  CPU_SERVER_SECONDS,
  /** Why there are no figures. */
  SKIPPED;

  /** What makes two rows rounds of the same thing, way aside. */
  static final List<Column> CELL =
      List.of(
          TENANTS,
          TRACE,
          LOOP,
          ARRIVALS_PER_SECOND,
          WORK,
          BUDGET,
          THREADS,
          ROUND_SECONDS,
          WARM_UP_SECONDS,
          TIMEOUT_MS);

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The column of that label.
   *
   * @throws IllegalArgumentException when there is none
   */
  static Column of(String label) {
    return Arrays.stream(values())
        .filter(column -> column.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no column " + label));
  }
}
