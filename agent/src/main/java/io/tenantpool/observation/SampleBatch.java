package io.tenantpool.observation;

import io.tenantpool.pool.BorrowSamples;
import java.util.Arrays;

/** A copy of {@link BorrowSamples}, for they belong to the pool again when the listener returns. */
final class SampleBatch implements BorrowSamples {

  private final String server;
  private final long lost;
  private String[] tenants = new String[64];

  /** A lease is stored as the complement of its time, so that one array serves both kinds. */
  private long[] nanos = new long[64];

  private int size;

  SampleBatch(BorrowSamples source) {
    this.server = source.server();
    this.lost = source.lost();
    source.forEach(
        new Visitor() {
          @Override
          public void borrowed(String tenant, long nanos) {
            add(tenant, Math.max(0, nanos));
          }

          @Override
          public void returned(String tenant, long nanos) {
            add(tenant, ~Math.max(0, nanos));
          }
        });
  }

  private void add(String tenant, long value) {
    if (size == nanos.length) {
      tenants = Arrays.copyOf(tenants, 2 * size);
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    tenants[size] = tenant;
    nanos[size++] = value;
  }

  int size() {
    return size;
  }

  @Override
  public String server() {
    return server;
  }

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

  @Override
  public long lost() {
    return lost;
  }
}
