package io.tenantpool.pool;

/**
 * Times of single borrows and leases of one server, in the order in which they happened, handed to
 * listeners in batches so that a borrow pays an array write and not a histogram.
 */
public interface BorrowSamples {

  /** Takes one sample. */
  interface Visitor {

    /** A borrow of {@code tenant} succeeded after {@code nanos} nanoseconds. */
    void borrowed(String tenant, long nanos);

    /** A lease of {@code tenant} ended after {@code nanos} nanoseconds. */
    void returned(String tenant, long nanos);
  }

  /** The server to which every sample belongs. */
  String server();

  /** Shows each sample to {@code visitor}. */
  void forEach(Visitor visitor);

  /** How many samples found no room since the last batch; counters hold them all the same. */
  long lost();
}
