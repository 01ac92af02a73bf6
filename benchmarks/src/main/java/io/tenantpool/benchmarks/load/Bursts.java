package io.tenantpool.benchmarks.load;

import java.util.random.RandomGenerator;

/**
 * Anybody's units of work; but five times a second, for 60 ms, all of them are those of one tenant,
 * each time of another one.
 */
final class Bursts implements TenantChoice {

  private static final double PER_SECOND = 5;
  private static final double PART_OF_TIME = 0.3;
  private static final long STRIDE = 37;

  private final int tenants;

  Bursts(int tenants) {
    this.tenants = tenants;
  }

  @Override
  public int next(RandomGenerator random, double second) {
    double period = Math.floor(second * PER_SECOND);
    return second * PER_SECOND - period < PART_OF_TIME
        ? (int) ((long) period * STRIDE % tenants)
        : random.nextInt(tenants);
  }
}
