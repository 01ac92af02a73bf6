package io.tenantpool.pool;

import io.tenantpool.config.TenantCap;
import io.tenantpool.config.TenantLimits;

/**
 * How a server's connections are shared out among its tenants; {@code docs/sharing.md} has the
 * model.
 *
 * @param perTenant the share of a tenant of weight 1 of whom no limit says anything else
 * @param cap whether the share is what a tenant may have at most, too
 * @param limits what holds for some tenants
 */
record Sharing(int perTenant, TenantCap cap, TenantLimits limits) {

  /** So many for each tenant, and never more. */
  static Sharing hard(int perTenant) {
    return new Sharing(perTenant, TenantCap.HARD, TenantLimits.NONE);
  }

  /** What a tenant may have of so many. */
  TenantShare of(String tenant, int budget) {
    TenantLimits.Of own = limits.of(tenant);
    int weight = own.weight().orElse(1);
    int most = Math.min(own.most().orElse(budget), Math.max(budget, 1));
    int least = Math.min(own.least().orElse(0), most);
    int share = Math.min(most, Math.max(least, perTenant * weight));
    boolean elastic = cap == TenantCap.ELASTIC;
    return new TenantShare(least, share, elastic ? most : share, weight, elastic);
  }

  /** What a tenant whom no limit names may have of so many. */
  TenantShare ofOthers(int budget) {
    return new Sharing(perTenant, cap, TenantLimits.NONE).of("", budget);
  }
}
