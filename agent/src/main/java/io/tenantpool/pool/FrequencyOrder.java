package io.tenantpool.pool;

/**
 * Some tenants in the order of how often they were used when they got their place, the rarest
 * first. Not thread-safe: the server's lock guards it.
 */
final class FrequencyOrder extends TenantHeap {

  @Override
  int place(TenantPool tenant) {
    return tenant.inHeap;
  }

  @Override
  void place(TenantPool tenant, int at) {
    tenant.inHeap = at;
  }

  @Override
  boolean isEarlier(TenantPool one, TenantPool other) {
    return isRarer(one, other);
  }

  /** Of two that are used equally often, the one whose last return is longer ago comes first. */
  static boolean isRarer(TenantPool one, TenantPool other) {
    return one.frequencyInPlace != other.frequencyInPlace
        ? one.frequencyInPlace < other.frequencyInPlace
        : one.place < other.place;
  }
}
