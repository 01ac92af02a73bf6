package io.tenantpool.observation;

import java.util.Map;

/** The common figures of a server or tenant, read from its cached snapshot and its borrow times. */
abstract class ConnectionView implements ConnectionFigures {

  private final BorrowTimes times;

  ConnectionView(BorrowTimes times) {
    this.times = times;
  }

  abstract ConnectionCounts counts();

  abstract SharingCounts sharing();

  @Override
  public int getShare() {
    return sharing().share();
  }

  @Override
  public int getCap() {
    return sharing().cap();
  }

  @Override
  public int getAboveShare() {
    return sharing().aboveShare();
  }

  @Override
  public Map<String, Long> getWaits() {
    return sharing().waitsByCause();
  }

  @Override
  public Map<String, Double> getWaitMicrosMean() {
    return sharing().waitMicrosByCause();
  }

  @Override
  public long getHoldAndWaits() {
    return sharing().holdAndWaits();
  }

  @Override
  public int getOpen() {
    return counts().open();
  }

  @Override
  public int getActive() {
    return counts().active();
  }

  @Override
  public int getConnecting() {
    return counts().connecting();
  }

  @Override
  public int getIdle() {
    return counts().idle();
  }

  @Override
  public int getWaiting() {
    return counts().waiting();
  }

  @Override
  public int getPeakActive() {
    return counts().peakActive();
  }

  @Override
  public int getPeakWaiting() {
    return counts().peakWaiting();
  }

  @Override
  public long getBorrows() {
    return counts().borrows();
  }

  @Override
  public double getBorrowMicrosMean() {
    return counts().borrowMicrosMean();
  }

  @Override
  public double getBorrowMicrosP50() {
    return times.micros(50);
  }

  @Override
  public double getBorrowMicrosP99() {
    return times.micros(99);
  }

  @Override
  public double getBorrowMicrosMax() {
    return counts().maxBorrowNanos() / 1000.0;
  }

  @Override
  public double getHitRate() {
    return counts().hitRate();
  }

  @Override
  public long getTimeouts() {
    return counts().timeouts();
  }

  @Override
  public long getOpens() {
    return counts().opens();
  }

  @Override
  public long getOpenFailures() {
    return counts().openFailures();
  }

  @Override
  public double getConnectMicrosMean() {
    return counts().connectMicrosMean();
  }

  @Override
  public long getResets() {
    return counts().resets();
  }

  @Override
  public Map<String, Long> getEvictions() {
    return counts().evictionsByCause();
  }

  @Override
  public Map<String, Long> getPins() {
    return counts().pinsByCause();
  }
}
