package io.tenantpool.pool;

import io.tenantpool.simulation.Faults;
import io.tenantpool.simulation.Tally;
import io.tenantpool.simulation.World;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Hears the pool, on a simulated thread, and fails now and then. */
final class SimulatedListener implements PoolListener {

  private final World world;
  private final Tally tally;
  private final Faults faults;

  SimulatedListener(World world, Tally tally, Faults faults) {
    this.world = world;
    this.tally = tally;
    this.faults = faults;
  }

  /** Nobody wants to read of what was injected. */
  @Override
  public io.tenantpool.upkeep.Faults faults() {
    return new io.tenantpool.upkeep.Faults(
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  private void hear(String what) {
    tally.count(what);
    world.step("listener");
    faults.strike("listener");
  }

  @Override
  public void budgetLowered(String server, int configured, int allowed) {
    hear("budget lowered");
  }

  @Override
  public void leakSuspected(String server, Holder holder) {
    hear("leak");
  }

  @Override
  public void opened(String server, String tenant, long id, long nanos) {
    hear("opened");
  }

  @Override
  public void openFailed(String server, String tenant, Exception failure, long nanos) {
    hear("open failed");
  }

  @Override
  public void openRefused(String server, String tenant, int open, int budget) {
    hear("open refused");
  }

  @Override
  public void closed(String server, String tenant, long id, EvictionCause cause, long ageNanos) {
    hear("closed for " + cause);
  }

  @Override
  public void reset(String server, String tenant, long id, long nanos) {
    hear("reset");
  }

  @Override
  public void resetFailed(String server, String tenant, long id, Exception failure) {
    hear("reset failed");
  }

  @Override
  public void timedOut(String server, String tenant, long waitedNanos, String message) {
    hear("timed out");
  }

  @Override
  public void samples(BorrowSamples samples) {
    world.step("listener");
  }
}
