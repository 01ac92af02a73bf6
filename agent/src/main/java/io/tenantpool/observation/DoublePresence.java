package io.tenantpool.observation;

import io.tenantpool.pool.BorrowSamples;

/** One server or tenant on two stages. */
record DoublePresence(Presence one, Presence other) implements Presence {

  @Override
  public void samples(BorrowSamples samples) {
    one.samples(samples);
    other.samples(samples);
  }

  @Override
  public void borrowed(long nanos) {
    one.borrowed(nanos);
    other.borrowed(nanos);
  }

  @Override
  public void returned(long nanos) {
    one.returned(nanos);
    other.returned(nanos);
  }

  @Override
  public void opened(long nanos) {
    one.opened(nanos);
    other.opened(nanos);
  }

  @Override
  public void timedOut() {
    one.timedOut();
    other.timedOut();
  }

  @Override
  public void resetTimes() {
    one.resetTimes();
    other.resetTimes();
  }

  @Override
  public void close() {
    one.close();
    other.close();
  }
}
