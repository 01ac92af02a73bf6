package io.tenantpool.benchmarks.load;

import java.util.OptionalLong;

/** When units of work are to begin. The threads of an application share one. */
public interface Arrival {

  /**
   * When the next unit is to begin, on the scale of {@link System#nanoTime}; none when the round is
   * over. What is in the past has waited since.
   */
  OptionalLong next();

  /** No unit begins after this; one that should have begun before is counted as not served. */
  long deadline();
}
