package io.tenantpool.observation.capacity;

import io.tenantpool.pool.BorrowSamples;

/**
 * Draws the capacity curve of one server from its borrows and returns, as they come in batches. It
 * costs at most 100 bytes for each tenant, and follows at most {@link #TRACKED_TENANTS}: a sample
 * of them when there are more. Thread-safe.
 */
public final class CapacityRecorder {

  /** All of them up to here. A sample of half as many errs by less than one in a hundred. */
  static final int TRACKED_TENANTS = 16_384;

  private final ReuseDistances distances = new ReuseDistances(TRACKED_TENANTS);
  private final BorrowRates rates = new BorrowRates();
  private long startedAt;
  private long lostBorrows;
  private long returns;
  private double leaseNanos;

  /** {@code now}: elapsed nanoseconds, as all times here. */
  public CapacityRecorder(long now) {
    this.startedAt = now;
  }

  /** Counts a batch that has just arrived. */
  public synchronized void record(BorrowSamples samples, long now) {
    Feed feed = new Feed();
    samples.forEach(feed);
    rates.record(feed.borrows + samples.lost() / 2, now);
    if (samples.lost() > 0) {
      lostBorrows += samples.lost() / 2;
      distances.gap();
    }
  }

  /** Begins to count anew. Which connections each tenant needs stays known. */
  public synchronized void reset(long now) {
    startedAt = now;
    lostBorrows = 0;
    returns = 0;
    leaseNanos = 0;
    distances.reset();
    rates.clear();
  }

  /** The curve up to now. */
  public CapacityCurve curve(Conditions conditions, long now) {
    Tally tally;
    double seconds;
    double meanLease;
    double[] shares;
    synchronized (this) {
      tally = distances.tally();
      double seen = tally.borrows() / Math.max(1.0, tally.borrows() + lostBorrows);
      seconds = seen * (now - startedAt) / 1e9;
      meanLease = returns == 0 ? 0 : leaseNanos / returns;
      shares = rates.shares();
    }
    return CapacityCurve.of(tally, seconds, meanLease, shares, conditions);
  }

  /** Called under the recorder's lock only. */
  private final class Feed implements BorrowSamples.Visitor {

    private long borrows;

    @Override
    public void borrowed(String tenant, long nanos) {
      borrows++;
      distances.borrowed(tenant);
    }

    @Override
    public void returned(String tenant, long nanos) {
      returns++;
      leaseNanos += nanos;
      distances.returned(tenant);
    }
  }
}
