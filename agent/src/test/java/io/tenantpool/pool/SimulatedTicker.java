package io.tenantpool.pool;

import io.tenantpool.simulation.World;

/** The time of a simulated world. */
final class SimulatedTicker implements Ticker {

  private final World world;

  SimulatedTicker(World world) {
    this.world = world;
  }

  @Override
  public long nanos() {
    return world.clock();
  }

  @Override
  public long epochMillis() {
    return 1_700_000_000_000L + world.now() / 1_000_000;
  }

  @Override
  public void park(Object waiter, long nanos) {
    world.park(waiter, nanos);
  }

  @Override
  public void unpark(Thread thread) {
    world.unpark(thread);
  }
}
