package io.tenantpool.observation;

import org.jspecify.annotations.Nullable;

/** One server: its MXBean, its meters and its capacity curve. */
final class ServerPresence implements Presence {

  private final String server;
  private final CapacityCurves curves;
  private final BorrowTimes times;
  private final Runnable unregister;
  private final @Nullable ServerMeters meters;

  ServerPresence(
      String server,
      CapacityCurves curves,
      BorrowTimes times,
      Runnable unregister,
      @Nullable ServerMeters meters) {
    this.server = server;
    this.curves = curves;
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
    curves.reset(server);
  }

  @Override
  public void close() {
    unregister.run();
    if (meters != null) {
      meters.close();
    }
  }
}
