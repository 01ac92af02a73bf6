package io.tenantpool.pool;

import io.tenantpool.connection.Caller;
import io.tenantpool.connection.WaitEnd;
import io.tenantpool.connection.WaitLimit;
import org.jspecify.annotations.Nullable;

/** A caller whose limit and whose second thoughts the test determines. */
final class StubCaller implements Caller {

  private final @Nullable WaitLimit limit;
  private @Nullable Runnable wake;
  private @Nullable WaitEnd calledOff;
  volatile @Nullable WaitEnd ended;
  volatile boolean waitsForRoom = true;

  /** Runs on the borrower's thread, without a lock, between its last look and its decision. */
  volatile Runnable beforeItDecides = () -> {};

  StubCaller(@Nullable WaitLimit limit) {
    this.limit = limit;
  }

  @Override
  public @Nullable WaitLimit limit() {
    return limit;
  }

  @Override
  public boolean waitsForRoom() {
    return waitsForRoom;
  }

  @Override
  public synchronized void waits(Runnable whatToWake) {
    wake = whatToWake;
  }

  @Override
  public synchronized void waitsNoMore() {
    wake = null;
  }

  synchronized boolean isWaiting() {
    return wake != null;
  }

  @Override
  public void ended(WaitEnd end) {
    ended = end;
  }

  @Override
  public @Nullable WaitEnd calledOff() {
    beforeItDecides.run();
    synchronized (this) {
      return calledOff;
    }
  }

  synchronized void callOff(WaitEnd end) {
    calledOff = end;
    if (wake != null) {
      wake.run();
    }
  }
}
