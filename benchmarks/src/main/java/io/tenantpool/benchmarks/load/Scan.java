package io.tenantpool.benchmarks.load;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Half of the units of work are those of ten tenants; the other half goes through all tenants, one
 * after the other, as a nightly job does.
 */
final class Scan implements TenantChoice {

  private static final int WORKING = 10;

  private final int tenants;
  private final AtomicInteger place = new AtomicInteger();

  Scan(int tenants) {
    this.tenants = tenants;
  }

  @Override
  public int next(RandomGenerator random, double second) {
    return random.nextBoolean()
        ? random.nextInt(Math.min(WORKING, tenants))
        : Math.floorMod(place.getAndIncrement(), tenants);
  }
}
