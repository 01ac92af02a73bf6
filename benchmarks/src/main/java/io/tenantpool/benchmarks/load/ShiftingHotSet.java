package io.tenantpool.benchmarks.load;

import java.util.random.RandomGenerator;

/** A tenth of the tenants has 90 % of the units of work; each second it is the next tenth. */
final class ShiftingHotSet implements TenantChoice {

  private static final double HOT_UNITS = 0.9;

  private final int tenants;
  private final int hot;

  ShiftingHotSet(int tenants) {
    this.tenants = tenants;
    this.hot = Math.max(1, tenants / 10);
  }

  @Override
  public int next(RandomGenerator random, double second) {
    if (random.nextDouble() >= HOT_UNITS) {
      return random.nextInt(tenants);
    }
    long first = (long) second * hot;
    return (int) ((first + random.nextInt(hot)) % tenants);
  }
}
