package io.tenantpool.simulation;

import io.tenantpool.connection.Caller;
import io.tenantpool.connection.WaitEnd;
import io.tenantpool.connection.WaitLimit;
import org.jspecify.annotations.Nullable;

/** A call of the application that bounds its wait itself, and that another thread may call off. */
public final class SimulatedCaller implements Caller {

  private final @Nullable WaitLimit limit;
  private final boolean waitsForRoom;
  private @Nullable Runnable wake;
  private @Nullable WaitEnd calledOff;

  /** With a limit of its own, or none. */
  public SimulatedCaller(@Nullable WaitLimit limit, boolean waitsForRoom) {
    this.limit = limit;
    this.waitsForRoom = waitsForRoom;
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
  public void waits(Runnable whatToWake) {
    wake = whatToWake;
  }

  @Override
  public void waitsNoMore() {
    wake = null;
  }

  @Override
  public void ended(WaitEnd end) {}

  @Override
  public @Nullable WaitEnd calledOff() {
    return calledOff;
  }

  /** Another thread has changed its mind. */
  public void callOff(WaitEnd end) {
    calledOff = end;
    if (wake != null) {
      wake.run();
    }
  }
}
