package io.tenantpool.pool;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tenants with a free connection, in the order of their last return: the first one is the
 * victim. A doubly linked list through the tenants themselves, so that a return costs a few writes
 * and no allocation. Not thread-safe: the server's lock guards it.
 */
final class LeastRecentlyUsed {

  private @Nullable TenantPool oldest;
  private @Nullable TenantPool newest;

  /**
   * The tenant has a free connection. Its place follows from its last return, which need not be
   * now: the reset in between takes a moment, and not the same one for everybody.
   */
  void freed(TenantPool tenant) {
    if (tenant == newest) {
      return;
    }
    remove(tenant);
    TenantPool before = newest;
    while (before != null && before.lastReturnAt() - tenant.lastReturnAt() > 0) {
      before = before.older;
    }
    insertAfter(before, tenant);
  }

  void clear() {
    TenantPool tenant = oldest;
    oldest = null;
    newest = null;
    while (tenant != null) {
      TenantPool next = tenant.newer;
      tenant.inLru = false;
      tenant.older = null;
      tenant.newer = null;
      tenant = next;
    }
  }

  private void insertAfter(@Nullable TenantPool before, TenantPool tenant) {
    TenantPool after = before == null ? oldest : before.newer;
    tenant.inLru = true;
    tenant.older = before;
    tenant.newer = after;
    if (before == null) {
      oldest = tenant;
    } else {
      before.newer = tenant;
    }
    if (after == null) {
      newest = tenant;
    } else {
      after.older = tenant;
    }
  }

  /** The tenant has no free connection any more. */
  void remove(TenantPool tenant) {
    if (tenant.inLru) {
      unlink(tenant);
      tenant.inLru = false;
    }
  }

  /** The least recently used tenant that {@code allowed} accepts. */
  @Nullable TenantPool victim(Predicate<TenantPool> allowed) {
    TenantPool tenant = oldest;
    while (tenant != null && !allowed.test(tenant)) {
      tenant = tenant.newer;
    }
    return tenant;
  }

  private void unlink(TenantPool tenant) {
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
}
