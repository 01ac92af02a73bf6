package io.tenantpool.pool;

import io.tenantpool.config.EvictionOrder;
import io.tenantpool.config.LendingOrder;
import io.tenantpool.config.TenantCap;
import io.tenantpool.config.TenantLimits;
import java.time.Duration;

/** Limits for tests; what a test does not care about is far away. */
final class TestLimits {

  private TestLimits() {}

  /** No reserve, three per tenant, an acquire timeout of one second, no housekeeping. */
  static PoolLimits budget(int budget) {
    return of(budget, 0, 3);
  }

  /** The same with an acquire timeout of half a minute. */
  static PoolLimits patient(int budget) {
    return of(budget, 0, 3, Duration.ofSeconds(30));
  }

  static PoolLimits of(int budget, int reserved, int perTenant) {
    return of(budget, reserved, perTenant, Duration.ofSeconds(1));
  }

  /** Shares of so many, beyond which a tenant may have what nobody else wants. */
  static PoolLimits elastic(int budget, int perTenant) {
    return elastic(budget, 0, perTenant, TenantLimits.NONE);
  }

  /** The same with a reserve, and what holds for some tenants. */
  static PoolLimits elastic(int budget, int reserved, int perTenant, TenantLimits limits) {
    return of(
        budget, reserved, new Sharing(perTenant, TenantCap.ELASTIC, limits), Duration.ofSeconds(1));
  }

  /** The same with other orders of victims, and of what is lent. */
  static PoolLimits ordered(PoolLimits limits, EvictionOrder eviction, LendingOrder idle) {
    return new PoolLimits(
        limits.budget(),
        limits.reserved(),
        limits.sharing(),
        limits.acquireTimeout(),
        limits.maxIdle(),
        limits.maxLifetime(),
        limits.validateAfter(),
        limits.validationTimeout(),
        limits.leakNanos(),
        limits.breaksCircuits(),
        limits.asksServer(),
        limits.maxWaiting(),
        eviction,
        idle);
  }

  private static PoolLimits of(int budget, int reserved, int perTenant, Duration acquireTimeout) {
    return of(budget, reserved, Sharing.hard(perTenant), acquireTimeout);
  }

  /** The same shared out in some other way, with an acquire timeout of one second. */
  static PoolLimits of(int budget, int reserved, Sharing sharing) {
    return of(budget, reserved, sharing, Duration.ofSeconds(1));
  }

  private static PoolLimits of(int budget, int reserved, Sharing sharing, Duration acquireTimeout) {
    return new PoolLimits(
        budget,
        reserved,
        sharing,
        acquireTimeout,
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMillis(500),
        Duration.ofSeconds(5),
        0,
        true,
        true,
        Integer.MAX_VALUE);
  }
}
