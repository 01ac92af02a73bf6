package io.tenantpool.pool;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Some tenants in the order of their last return. Whoever has returned last of all goes to the end
 * of a doubly linked list through the tenants themselves, at the price of a few writes; who comes
 * back to an older place, because a reset or a signal took a moment, goes to a tree beside it. So
 * nothing takes more than the logarithm of their number. Not thread-safe: the server's lock guards
 * it.
 */
final class ReturnOrder {

  private @Nullable TenantPool oldest;
  private @Nullable TenantPool newest;

  /** Null until somebody needs it. */
  private @Nullable TreeMap<Long, TenantPool> late;

  /** Adds a tenant that is in no order, at the place of its last return. */
  void add(TenantPool tenant) {
    tenant.place = tenant.lastReturn();
    TenantPool before = newest;
    if (before == null || before.place < tenant.place) {
      tenant.older = before;
      newest = tenant;
      if (before == null) {
        oldest = tenant;
      } else {
        before.newer = tenant;
      }
    } else {
      tenant.late = true;
      if (late == null) {
        late = new TreeMap<>();
      }
      late.put(tenant.place, tenant);
    }
  }

  /** Forgets all, who have to know it themselves. */
  void clear() {
    oldest = null;
    newest = null;
    late = null;
  }

  /** Removes a tenant that is in this order. */
  void remove(TenantPool tenant) {
    if (tenant.late && late != null) {
      late.remove(tenant.place);
      tenant.late = false;
      return;
    }
    TenantPool before = tenant.older;
    TenantPool after = tenant.newer;
    if (before == null) {
      oldest = after;
    } else {
      before.newer = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.older = before;
    }
    tenant.older = null;
    tenant.newer = null;
  }

  /** The one whose last return is longest ago; null without any. */
  @Nullable TenantPool first() {
    Map.Entry<Long, TenantPool> firstLate = late == null ? null : late.firstEntry();
    return earlier(oldest, firstLate == null ? null : firstLate.getValue());
  }

  /** Whichever of two is there and has the older place. */
  static @Nullable TenantPool earlier(@Nullable TenantPool one, @Nullable TenantPool other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.place < other.place ? one : other;
  }
}
