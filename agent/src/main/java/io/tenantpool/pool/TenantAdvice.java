package io.tenantpool.pool;

import io.tenantpool.config.TenantCap;
import io.tenantpool.config.TenantLimits;
import java.util.Optional;

/** Which setting bounds a tenant, so that whoever reads it changes one that changes something. */
final class TenantAdvice {

  private TenantAdvice() {}

  /** Whether less than the budget bounds the tenant, and it has all that. */
  static boolean isAtItsOwnLimit(TenantPool tenant) {
    return tenant.isCapped() && tenant.isAtLimit();
  }

  /** What to change so that a tenant that is at its own limit may have more. */
  static String of(TenantPool tenant, Sharing sharing) {
    if (tenant.isLimitedByHand()) {
      return "To allow this tenant more, set its MaximumPoolSize higher, where it was set over JMX";
    }
    TenantLimits limits = sharing.limits();
    Optional<String> most = limits.saysMost(tenant.name());
    int own = limits.of(tenant.name()).most().orElse(Integer.MAX_VALUE);
    if (most.isPresent() && own <= tenant.limit()) {
      return "To allow this tenant more, raise " + most.get() + " in tenantpool.tenant-limits";
    }
    if (sharing.cap() == TenantCap.ELASTIC) {
      return "To allow the server more, raise tenantpool.max-connections";
    }
    return tenant.share().minimum() == tenant.limit()
        ? "To allow this tenant more, raise its minimum in tenantpool.tenant-limits, or set"
            + " tenantpool.tenant-cap=elastic"
        : "To allow a tenant more, raise tenantpool.max-connections-per-tenant, or set"
            + " tenantpool.tenant-cap=elastic";
  }
}
