package io.tenantpool.benchmarks.load;

import java.util.random.RandomGenerator;

/**
 * Of a hundred tenants 20 are hot, 30 warm and 50 cold; they have 80, 15 and 5 % of the units of
 * work. Of another number of tenants as many in proportion, at least one each.
 */
final class Workspaces implements TenantChoice {

  private static final double HOT_UNITS = 0.80;
  private static final double WARM_UNITS = 0.15;

  private final int hot;
  private final int warm;
  private final int cold;

  Workspaces(int tenants) {
    hot = Math.max(1, tenants / 5);
    warm = Math.max(1, tenants * 3 / 10);
    cold = tenants - hot - warm;
    if (cold < 1) {
      throw new IllegalArgumentException("workspaces need three tenants, not " + tenants);
    }
  }

  @Override
  public int next(RandomGenerator random, double second) {
    double which = random.nextDouble();
    if (which < HOT_UNITS) {
      return random.nextInt(hot);
    }
    return which < HOT_UNITS + WARM_UNITS
        ? hot + random.nextInt(warm)
        : hot + warm + random.nextInt(cold);
  }
}
