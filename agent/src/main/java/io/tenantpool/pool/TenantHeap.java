package io.tenantpool.pool;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some tenants, one of which comes first: a binary heap, in which each tenant knows its place. So
 * nothing takes more than the logarithm of their number. Not thread-safe: the server's lock guards
 * it.
 */
abstract class TenantHeap {

  /** The place of a tenant that is in no heap. */
  static final int NOWHERE = -1;

  private @Nullable TenantPool[] heap = new TenantPool[4];
  private int size;

  /** Where the tenant is. */
  abstract int place(TenantPool tenant);

  /** It is there now. */
  abstract void place(TenantPool tenant, int at);

  /** Whether the one comes before the other. */
  abstract boolean isEarlier(TenantPool one, TenantPool other);

  int size() {
    return size;
  }

  /** Adds a tenant that is not in it. */
  void add(TenantPool tenant) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    rise(tenant, size++);
  }

  /** A tenant comes later than it did, or for the first time. */
  void comesLater(TenantPool tenant) {
    if (place(tenant) == NOWHERE) {
      add(tenant);
    } else {
      sink(tenant);
    }
  }

  /** Removes a tenant that is in it. */
  void remove(TenantPool tenant) {
    int hole = place(tenant);
    place(tenant, NOWHERE);
    TenantPool last = heap[--size];
    heap[size] = null;
    if (last != tenant && last != null) {
      rise(last, hole);
      sink(last);
    }
  }

  /** Forgets all, who have to know it themselves. */
  void clear() {
    Arrays.fill(heap, 0, size, null);
    size = 0;
  }

  /** The one that comes first; null without any. */
  @Nullable TenantPool first() {
    return heap[0];
  }

  private void rise(TenantPool tenant, int from) {
    int at = from;
    while (at > 0) {
      TenantPool parent = heap[(at - 1) / 2];
      if (parent == null || isEarlier(parent, tenant)) {
        break;
      }
      put(parent, at);
      at = (at - 1) / 2;
    }
    put(tenant, at);
  }

  private void sink(TenantPool tenant) {
    int at = place(tenant);
    for (int child = earlierChild(at); child < size; child = earlierChild(at)) {
      TenantPool below = heap[child];
      if (below == null || isEarlier(tenant, below)) {
        break;
      }
      put(below, at);
      at = child;
    }
    put(tenant, at);
  }

  /** The place of the child that is to come first; beyond all when there is none. */
  private int earlierChild(int parent) {
    int left = 2 * parent + 1;
    int right = left + 1;
    TenantPool one = left < size ? heap[left] : null;
    TenantPool other = right < size ? heap[right] : null;
    return one != null && other != null && isEarlier(other, one) ? right : left;
  }

  private void put(TenantPool tenant, int at) {
    heap[at] = tenant;
    place(tenant, at);
  }
}
