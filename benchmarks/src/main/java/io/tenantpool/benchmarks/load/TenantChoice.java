package io.tenantpool.benchmarks.load;

import java.util.random.RandomGenerator;

/** Whose the next unit of work is. Threads share one. */
@FunctionalInterface
public interface TenantChoice {

  /**
   * The number of a tenant, from 0.
   *
   * @param second when the unit is to begin, in seconds since the round began
   */
  int next(RandomGenerator random, double second);
}
