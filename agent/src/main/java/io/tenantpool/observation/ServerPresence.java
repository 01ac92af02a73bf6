package io.tenantpool.observation;

import org.jspecify.annotations.Nullable;

/** One server: its MXBean and its meters. */
final class ServerPresence implements Presence {

  private final BorrowTimes times;
  private final Runnable unregister;
  private final @Nullable ServerMeters meters;

  ServerPresence(BorrowTimes times, Runnable unregister, @Nullable ServerMeters meters) {
    this.times = times;
    this.unregister = unregister;
    this.meters = meters;
  }

  @Override
  public void borrowed(long nanos) {
    times.record(nanos);
    if (meters != null) {
      meters.borrowed(nanos);
    }
  }

  @Override
  public void returned(long nanos) {
    if (meters != null) {
      meters.returned(nanos);
    }
  }

  @Override
  public void resetTimes() {
    times.reset();
  }

  @Override
  public void close() {
    unregister.run();
    if (meters != null) {
      meters.close();
    }
  }
}
