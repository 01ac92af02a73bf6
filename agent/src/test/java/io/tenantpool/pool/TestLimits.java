package io.tenantpool.pool;

import java.time.Duration;

/** Limits for tests; what a test does not care about is far away. */
final class TestLimits {

  private TestLimits() {}

  /** No reserve, three per tenant, an acquire timeout of one second, no housekeeping. */
  static PoolLimits budget(int budget) {
    return of(budget, 0, 3);
  }

  static PoolLimits of(int budget, int reserved, int perTenant) {
    return new PoolLimits(
        budget,
        reserved,
        perTenant,
        Duration.ofSeconds(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMillis(500),
        Duration.ofSeconds(5),
        0);
  }
}
