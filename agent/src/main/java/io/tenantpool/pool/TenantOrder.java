package io.tenantpool.pool;

import org.jspecify.annotations.Nullable;

/**
 * Some tenants in both orders in which they can be victims. Not thread-safe: the server's lock
 * guards it.
 */
final class TenantOrder {

  private final ReturnOrder byReturn = new ReturnOrder();
  private final FrequencyOrder byFrequency = new FrequencyOrder();

  /** Adds a tenant that is in no order; in that of the last returns alone, or in both. */
  void add(TenantPool tenant, boolean both) {
    tenant.order = this;
    byReturn.add(tenant);
    if (both) {
      tenant.frequencyInPlace = tenant.frequency;
      byFrequency.add(tenant);
    }
  }

  /** Removes a tenant that is in this order. */
  void remove(TenantPool tenant) {
    tenant.order = null;
    byReturn.remove(tenant);
    if (tenant.inHeap != TenantHeap.NOWHERE) {
      byFrequency.remove(tenant);
    }
  }

  /** Forgets all, who have to know it themselves. */
  void clear() {
    byReturn.clear();
    byFrequency.clear();
  }

  /** The first one in one of the two orders; null without any. */
  @Nullable TenantPool first(boolean inFrequency) {
    return inFrequency ? byFrequency.first() : byReturn.first();
  }

  /** Whichever of two is there and comes first in one of the two orders. */
  static @Nullable TenantPool earlier(
      @Nullable TenantPool one, @Nullable TenantPool other, boolean inFrequency) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return inFrequency
        ? FrequencyOrder.isRarer(one, other) ? one : other
        : ReturnOrder.earlier(one, other);
  }
}
