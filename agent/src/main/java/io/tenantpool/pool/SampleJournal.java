package io.tenantpool.pool;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Times of the last borrows and leases of one server, written under its lock, where two array
 * writes cost less than any histogram, and taken out in batches by the housekeeper. Samples beyond
 * its capacity between two batches are lost, and counted. Not thread-safe: the server's lock guards
 * it; a {@linkplain #drain drained} batch is nobody else's.
 */
final class SampleJournal {

  private static final int CAPACITY = 8192;
  private static final int FIRST_SIZE = 64;

  private final String server;
  private String[] tenants = new String[FIRST_SIZE];
  private long[] nanos = new long[FIRST_SIZE];
  private int size;
  private long lost;

  SampleJournal(String server) {
    this.server = server;
  }

  void borrowed(String tenant, long duration) {
    add(tenant, Math.max(0, duration));
  }

  void returned(String tenant, long duration) {
    add(tenant, ~Math.max(0, duration));
  }

  /** A duration of a borrow is written as it is, that of a lease as its complement. */
  private void add(String tenant, long encoded) {
    if (size == nanos.length && !grow()) {
      lost++;
      return;
    }
    tenants[size] = tenant;
    nanos[size] = encoded;
    size++;
  }

  private boolean grow() {
    if (size == CAPACITY) {
      return false;
    }
    tenants = Arrays.copyOf(tenants, size * 2);
    nanos = Arrays.copyOf(nanos, size * 2);
    return true;
  }

  /** All that was written since the last call; null when nothing was. */
  @Nullable BorrowSamples drain() {
    if (size == 0 && lost == 0) {
      return null;
    }
    Batch batch = new Batch(server, tenants, nanos, size, lost);
    int next =
        Math.min(CAPACITY, Math.max(FIRST_SIZE, Integer.highestOneBit(Math.max(1, size)) * 2));
    tenants = new String[next];
    nanos = new long[next];
    size = 0;
    lost = 0;
    return batch;
  }

  private record Batch(String server, String[] tenants, long[] nanos, int size, long lost)
      implements BorrowSamples {

    @Override
    public void forEach(Visitor visitor) {
      for (int i = 0; i < size; i++) {
        if (nanos[i] >= 0) {
          visitor.borrowed(tenants[i], nanos[i]);
        } else {
          visitor.returned(tenants[i], ~nanos[i]);
        }
      }
    }
  }
}
