package io.tenantpool.observation;

import io.tenantpool.pool.BorrowSamples;

/** {@code count} borrows and leases of one tenant, all of the same length. */
record Samples(String server, String tenant, int count, long nanos, long lost)
    implements BorrowSamples {

  @Override
  public void forEach(Visitor visitor) {
    for (int i = 0; i < count; i++) {
      visitor.borrowed(tenant, nanos);
      visitor.returned(tenant, 2 * nanos);
    }
  }
}
