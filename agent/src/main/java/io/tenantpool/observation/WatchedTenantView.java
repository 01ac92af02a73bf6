package io.tenantpool.observation;

import io.tenantpool.pool.WatchedSnapshot;
import java.util.Map;
import java.util.TreeMap;

/** Answers {@link WatchedTenantMXBean}. */
final class WatchedTenantView implements WatchedTenantMXBean {

  private final Cached<WatchedSnapshot> seen;

  WatchedTenantView(Cached<WatchedSnapshot> seen) {
    this.seen = seen;
  }

  @Override
  public int getHeld() {
    return seen.get().held();
  }

  @Override
  public int getPeakHeld() {
    return seen.get().peakHeld();
  }

  @Override
  public double getMeanHeld() {
    return seen.get().meanHeld();
  }

  @Override
  public int getBusy() {
    return seen.get().busy();
  }

  @Override
  public int getPeakBusy() {
    return seen.get().peakBusy();
  }

  @Override
  public double getMeanBusy() {
    return seen.get().meanBusy();
  }

  @Override
  public int getIdleInPools() {
    return seen.get().resting();
  }

  @Override
  public long getOpens() {
    return seen.get().opens();
  }

  @Override
  public double getConnectMicrosMean() {
    WatchedSnapshot now = seen.get();
    return ConnectionCounts.micros(now.openNanos(), now.opens());
  }

  @Override
  public Map<String, Long> getWouldPin() {
    Map<String, Long> byCause = new TreeMap<>();
    seen.get().wouldPin().forEach((cause, count) -> byCause.put(cause.name(), count));
    return byCause;
  }
}
